package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** An array of arrays is one entry of its full shape, which lies on the very rows. */
class RowsTest {
    /** A module whose call gives what the expression says, for what is private to it. */
    private static Compiled net(String members, String shown) {
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                @StateModule
                public class Net implements NetState, java.util.concurrent.Callable<Object> {
                    public Net() {}
                %s
                    @Override
                    public Object call() { return %s; }
                }
                """.formatted(members.indent(4), shown)));
        assertThat(compiled.messages()).isEmpty();
        return compiled;
    }

    private static Stateful create(Compiled compiled) {
        return compiled.create(Stateful.class, "example.Net");
    }

    private static Object shown(Stateful net) throws Exception {
        return ((Callable<?>) net).call();
    }

    /** A copy of the module's state, on rows where that is, with one value throughout. */
    private static StateDict filled(Stateful net, int value) {
        StateDict filled = net.stateDict(Policy.COPY);
        filled.values().forEach(tensor -> tensor.fill(value));
        return filled;
    }

    @Test
    void areOneEntryOfTheFullShapeAtAnyDepthAndOfAnyElementType() {
        Stateful net = create(net("""
                @Parameter float[][] floats = {{1, 2, 3}, {4, 5, 6}};
                @Parameter double[][][][] doubles = {{{{1 / 3.0}}}};
                @Buffer int[][] ints = {{1}, {2}};
                @Buffer long[][][] longs = {{{1, 2}}};
                @Buffer boolean[][] masks = {{true, false}};
                @Parameter final float[][] none = null;
                """, "null"));

        StateDict dict = net.stateDict();

        assertThat(dict.keySet()).containsExactly("floats", "doubles", "ints", "longs", "masks");
        assertThat(dict.get("floats").shape()).containsExactly(2, 3);
        assertThat(dict.get("doubles").shape()).containsExactly(1, 1, 1, 1);
        assertThat(dict.get("doubles").getDouble(0, 0, 0, 0)).isEqualTo(1 / 3.0);
        assertThat(dict.get("longs").shape()).containsExactly(1, 1, 2);
        assertThat(dict.get("masks").elementType()).isEqualTo(ElementType.BOOL);
        for (Policy policy : Policy.values()) {
            StateDict ones = filled(net, 1);
            net.loadStateDict(ones, policy);
            assertThat(net.stateDict().contentEquals(ones)).as(policy.name()).isTrue();
        }
    }

    @Test
    void anAliasLiesOnTheVeryRowsBothWays() throws Exception {
        Stateful net = create(net("@Parameter double[][] w = {{1, 2}, {3, 4}};", "w"));
        double[][] w = (double[][]) shown(net);
        StateDict alias = net.stateDict(Policy.ALIAS);
        StateDict copy = net.stateDict(Policy.COPY);

        w[1][0] = 7;
        alias.get("w").set(8.0, 0, 1);

        assertThat(alias.get("w").getDouble(1, 0)).isEqualTo(7);
        assertThat(w[0][1]).isEqualTo(8);
        assertThat(copy.get("w").toDoubleArray()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aCopyIsLoadedInPlace() throws Exception {
        Stateful net = create(net("@Parameter final double[][] w = {{1, 2}, {3, 4}};", "w"));
        double[][] w = (double[][]) shown(net);
        double[] second = w[1];

        net.loadStateDict(Map.of("w", Tensor.wrap(new double[] {5, 6, 7, 8}, 2, 2)), Policy.COPY);

        assertThat(shown(net)).isSameAs(w);
        assertThat(w[1]).isSameAs(second).containsExactly(7, 8);
    }

    @Test
    void anAliasLoadAdoptsTheRowsOfTheDict() throws Exception {
        Stateful net = create(net("@Parameter double[][] w = {{1, 2}, {3, 4}};", "w"));
        double[][] given = {{5, 6}, {7, 8}};

        net.loadStateDict(Map.of("w", Tensor.wrap(given)), Policy.ALIAS);

        double[][] w = (double[][]) shown(net);
        assertThat(w[0]).isSameAs(given[0]);
        assertThat(w[1]).isSameAs(given[1]);
    }

    @Test
    void anAliasLoadRefusesAFlatTensorAndNamesCopy() throws Exception {
        Stateful net = create(net("@Parameter double[][] w = {{1, 2}, {3, 4}};", "w"));
        Tensor flat = Tensor.wrap(new double[] {5, 6, 7, 8}, 2, 2);

        assertThatThrownBy(() -> net.loadStateDict(Map.of("w", flat), Policy.ALIAS))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining(
                        "While assigning the array of arrays named \"w\", expected a tensor on rows, all of"
                                + " them, as deep as the array, but received one of shape [2, 2] on one array. Load it with"
                                + " Policy.COPY.");
        assertThat((double[][]) shown(net)).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
    }

    @Test
    void anAliasLoadRefusesRowsOfAnotherDepth() {
        Stateful net = create(net("@Parameter double[][][] w = {{{1, 2}, {3, 4}}};", "w"));
        Tensor shallow = Tensor.wrap(new double[][] {{5, 6}, {7, 8}}).reshape(1, 2, 2);

        assertThatThrownBy(() -> net.loadStateDict(Map.of("w", shallow.select(0, 0)), Policy.ALIAS))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("size mismatch for w");
    }

    @Test
    void aJaggedOneIsToldWithTheRowAndTheMend() {
        Stateful net = create(net("@Parameter double[][] w = {{1}, {1, 2}};", "w"));

        assertThatThrownBy(net::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "\"w\" is no tensor: row 1 has 2 elements where row 0 has 1; a tensor needs as many in each."
                                + " Where its rows are tensors by themselves, write list = true in its annotation: then each is an"
                                + " entry, \"w.0\" and so on");
    }

    @Test
    void aPartlyNullOneIsToldWithTheRowAndTheMend() {
        Stateful net = create(net("@Parameter double[][] w = {{1}, null};", "w"));

        assertThatThrownBy(net::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("\"w\" is no tensor: row 1 is null; a tensor needs all of them.")
                .hasMessageContaining("list = true");
    }

    @Test
    void asAListTheRowsAreEntriesByThemselves() throws Exception {
        Stateful net = create(net("""
                @Parameter(list = true) final double[][][] w = {{{1}}, {{1, 2}, {3, 4}}};
                @Buffer(list = true) float[][] b = {{1}, null, {2, 3}};
                """, "w"));

        StateDict dict = net.stateDict();

        assertThat(dict.keySet()).containsExactly("w.0", "w.1", "b.0", "b.2");
        assertThat(dict.get("w.1").shape()).containsExactly(2, 2);
        for (Policy policy : Policy.values()) {
            StateDict ones = filled(net, policy.ordinal() + 5);
            net.loadStateDict(ones, policy);
            assertThat(net.stateDict().contentEquals(ones)).as(policy.name()).isTrue();
        }
        double[][] given = {{1, 2}, {3, 4}};
        Map<String, Tensor> state = new HashMap<>(net.stateDict());
        state.put("w.1", Tensor.wrap(given));
        net.loadStateDict(state, Policy.ALIAS);
        assertThat(((double[][][]) shown(net))[1][0]).isSameAs(given[0]);
    }

    @Test
    void nothingButAnArrayOfArraysIsReadAsAList() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter(list = true) List<float[]> x;
                }
                """)
                .says(
                        Diagnostic.LIST_TYPE,
                        "Net.x (List<float[]>) is no array of arrays, whose outer dimension list = true reads as a list;"
                                + " drop list = true");
    }

    @Test
    void standInContainersAsTensorsDo() {
        Stateful net = create(net("""
                @Parameter final ArrayList<double[][]> layers = new ArrayList<>(List.of(new double[2][3], new double[1][2]));
                @Parameter final Map<String, float[]> named = new TreeMap<>(Map.of("b", new float[2], "a", new float[1]));
                @Parameter Optional<float[][]> maybe = Optional.of(new float[1][1]);
                @Buffer Optional<int[]> absent = Optional.empty();
                """, "layers"));

        assertThat(net.stateDict().keySet()).containsExactly("maybe", "layers.0", "layers.1", "named.a", "named.b");
        for (Policy policy : Policy.values()) {
            StateDict ones = filled(net, policy.ordinal() + 5);
            net.loadStateDict(ones, policy);
            assertThat(net.stateDict().contentEquals(ones)).as(policy.name()).isTrue();
        }
    }

    @Test
    void declareTheirShapeByAllDimensions() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(shape = /*here*/"n") float[][] x;
                }
                """)
                .says(
                        Diagnostic.SHAPE_TYPE,
                        "Net.x (float[][]) cannot have the shape [n]; an array of arrays has 2 dimensions here: write 2 sizes");
    }
}
