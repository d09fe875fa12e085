package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A matrix class of the user's own stands wherever a tensor may. */
class AsTensorTest {
    private static final String MATRIX = """
            public class Matrix implements AsTensor {
                final int rows;
                final int cols;
                final double[] data;
                public Matrix(int rows, int cols) { this.rows = rows; this.cols = cols; data = new double[rows * cols]; }
                @Override
                public Tensor asTensor() { return Tensor.wrap(data, rows, cols); }
            }
            """;

    private static Stateful net(String members) {
        Compiled compiled =
                Compiled.strictly(Compiled.inExample(MATRIX), Compiled.inExample("""
                @StateModule
                public class Net implements NetState {
                    public Net() {}
                %s
                }
                """.formatted(members.indent(4))));
        assertThat(compiled.messages()).isEmpty();
        return compiled.create(Stateful.class, "example.Net");
    }

    private static StateDict ones(StateDict like) {
        Map<String, Tensor> ones = new LinkedHashMap<>();
        like.forEach((key, tensor) -> {
            Tensor each = tensor.copy();
            each.fill(1);
            ones.put(key, each);
        });
        return StateDict.of(ones);
    }

    @Test
    void isAnEntryOfItsRealShapeWhereverATensorMayStand() {
        Stateful net = net("""
                static class Special extends Matrix { public Special() { super(1, 4); } }
                @Parameter final Matrix weight = new Matrix(2, 3);
                @Parameter Matrix none = null;
                @Parameter final AsTensor any = new Matrix(1, 1);
                @Buffer final Special special = new Special();
                @Parameter final Optional<Matrix> maybe = Optional.of(new Matrix(1, 2));
                @Parameter final List<Matrix> list = List.of(new Matrix(2, 1), new Matrix(1, 2));
                @Parameter final Matrix[] array = {null, new Matrix(1, 2)};
                @Buffer final Map<String, Matrix> named = Map.of("a", new Matrix(2, 2));
                """);

        StateDict dict = net.stateDict();

        assertThat(dict.keySet())
                .containsExactly("weight", "any", "maybe", "special", "list.0", "list.1", "array.1", "named.a");
        assertThat(dict.get("weight").shape()).containsExactly(2, 3);
        StateDict ones = ones(dict);
        net.loadStateDict(ones);
        assertThat(net.stateDict().contentEquals(ones)).isTrue();
        assertThat(dict.contentEquals(ones)).isTrue();
    }

    @Test
    void isToldAsWhatIsFinalWhereACallAsksForAnAlias() {
        Stateful net = net("""
                @Parameter Matrix weight = new Matrix(2, 3);
                @Parameter Optional<Matrix> maybe = Optional.of(new Matrix(1, 2));
                @Parameter final List<Matrix> list = new ArrayList<>(List.of(new Matrix(2, 1)));
                @Parameter final Matrix[] array = {new Matrix(1, 2)};
                """);
        StateDict ones = ones(net.stateDict());

        assertThatThrownBy(() -> net.loadStateDict(ones, Policy.ALIAS))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("\"weight\", \"maybe\", \"list.0\", \"array.0\"");
        assertThat(net.stateDict().get("weight").get(0, 0)).isZero();
    }

    @Test
    void isRefusedUnderTheAliasPolicyOfItsClass() {
        Refusal.of("""
                @StateModule(loadStateDict = Policy.ALIAS)
                class Net implements NetState {
                    /*here*/@Parameter Matrix weight = new Matrix(1, 1);
                }
                """, MATRIX)
                .says(
                        Diagnostic.UNASSIGNABLE_UNDER_ALIAS,
                        "Net.weight is an AsTensor, in whose place no tensor can stand, and loading under Policy.ALIAS, which"
                                + " is the policy of Net, assigns it; make it a Tensor, or load under Policy.COPY");
    }

    @Test
    void isLostStateWithoutAnAnnotation() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    Matrix /*here*/weight = new Matrix(1, 1);
                }
                """, MATRIX)
                .says(
                        Diagnostic.LOST_STATE,
                        "no state dict would hold Net.weight (Matrix); annotate it with @Parameter or @Buffer, or leave it out"
                                + " with transient");
    }

    @Test
    void isNoModuleToo() {
        Refusal.of("""
                @StateModule
                /*here*/class Net implements NetState, AsTensor {
                    @Parameter float[] data = {1};
                    @Override
                    public Tensor asTensor() { return Tensor.wrap(data, 1); }
                }
                """)
                .says(
                        Diagnostic.MODULE_AS_TENSOR,
                        "Net is a module and an AsTensor, so that a state dict could hold it as either; drop @StateModule, or"
                                + " AsTensor");
    }

    @Test
    void thatReturnsCopiesIsFoundOutAndRefusedBeforeAnythingIsWritten() {
        Stateful net = net("""
                static class Copying implements AsTensor {
                    final float[] data = new float[2];
                    @Override
                    public Tensor asTensor() { return Tensor.copyOf(data, 2); }
                }
                @Parameter Copying weight = new Copying();
                @Parameter Optional<Copying> maybe = Optional.of(new Copying());
                @Parameter List<Copying> list = List.of(new Copying());
                """);
        StateDict ones = ones(net.stateDict(Policy.COPY));

        assertThatThrownBy(() -> net.loadStateDict(ones))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("\"weight\"")
                .hasMessageContaining("\"maybe\"")
                .hasMessageContaining("\"list.0\"")
                .hasMessageContaining("Copying.asTensor()");
        assertThatThrownBy(() -> net.stateDict(Policy.ALIAS)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void thatReturnsNoTensorIsTold() {
        Stateful net = net("""
                @Parameter AsTensor weight = () -> null;
                """);

        assertThatThrownBy(net::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"weight\" is a ")
                .hasMessageContaining(", whose asTensor() returned null");
    }
}
