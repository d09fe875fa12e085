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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A method is a member where a field is of a class that no state dict knows. */
class MethodMembersTest {
    private static Stateful net(String source) {
        Compiled compiled = Compiled.strictly(Compiled.inExample(source));
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
    void itsKeyIsItsNameAndThatOfAGetterWhatItGets() {
        Stateful net = net("""
                @StateModule
                public class Net implements NetState {
                    private final java.nio.FloatBuffer w = java.nio.FloatBuffer.allocate(2);
                    private final float[] all = new float[6];
                    public Net() {}
                    @Parameter float[] getWeight() { return w.array(); }
                    @Parameter float[] last = {3};
                    @Parameter Tensor bias() { return Tensor.wrap(all, 6).narrow(0, 2, 4); }
                    @Buffer("seen") Tensor none() { return null; }
                    @Parameter("other") float[] getter() { return all; }
                }
                """);

        StateDict dict = net.stateDict();

        assertThat(dict.keySet()).containsExactly("weight", "last", "bias", "other");
        net.loadStateDict(ones(dict), Policy.COPY);
        assertThat(net.stateDict().get("weight").toArray()).containsExactly(1, 1);
        assertThat(dict.get("bias").toArray()).containsExactly(1, 1, 1, 1);
    }

    @Test
    void aRecordsAnnotationReachesTheAccessorAndIsOneEntry() {
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                @StateModule
                public record Line(@Parameter float[] slope, @Parameter Tensor offset) implements LineState {
                    public float[] slope() { return slope; }
                }
                """), Compiled.inExample("""
                @StateModule
                public class Net implements NetState {
                    final Line line = new Line(new float[] {1}, Tensor.zeros(2));
                    public Net() {}
                }
                """));

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.create(Stateful.class, "example.Net").stateDict().keySet())
                .containsExactly("line.slope", "line.offset");
    }

    @Test
    void aFieldWhoseAccessorIsAnnotatedIsThatMember() {
        Stateful net = net("""
                @StateModule
                public class Net implements NetState {
                    private Tensor weight = Tensor.zeros(2);
                    @Parameter private Tensor both = Tensor.zeros(1);
                    Tensor shown = Tensor.zeros(3);
                    public Net() {}
                    @Parameter Tensor getWeight() { return weight; }
                    void setWeight(Tensor weight) { this.weight = weight; }
                    @Parameter Tensor both() { return both; }
                    void setBoth(Tensor both) { this.both = both; }
                    @Parameter float[] shown() { return shown.storage(); }
                    void setShown(float[] shown) { this.shown = Tensor.wrap(shown, shown.length); }
                }
                """);

        assertThat(net.stateDict().keySet()).containsExactly("weight", "both", "shown");
        StateDict ones = ones(net.stateDict());
        net.loadStateDict(ones, Policy.ALIAS);
        assertThat(net.stateDict().get("weight")).isSameAs(ones.get("weight"));
        assertThat(net.stateDict().contentEquals(ones)).isTrue();
    }

    @Test
    void oneThatReturnsCopiesIsRefusedBeforeAnythingIsWritten() {
        Stateful net = net("""
                @StateModule
                public class Net implements NetState {
                    private final java.nio.FloatBuffer w = java.nio.FloatBuffer.allocate(2);
                    public Net() {}
                    @Parameter float[] weight() { return w.array().clone(); }
                }
                """);

        assertThatThrownBy(() -> net.loadStateDict(Map.of("weight", Tensor.zeros(2))))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("Net.weight()");
    }

    @Test
    void aNumberIsSetByItsSetter() {
        Stateful net = net("""
                @StateModule
                public class Net implements NetState {
                    private final double[] state = {1, 2};
                    public Net() {}
                    @Buffer double getRate() { return state[1]; }
                    void setRate(double rate) { state[1] = rate; }
                }
                """);

        net.loadStateDict(Map.of("rate", Tensor.scalar(7.0)));

        assertThat(net.stateDict().get("rate").getDouble()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            static float[] /*here*/w() { return new float[1]; }                         | is static                  | drop static
            abstract float[] /*here*/w();                                               | is abstract                | annotate what implements it instead
            private float[] /*here*/w() { return new float[1]; }                        | is private                 | drop private
            <T> float[] /*here*/w() { return new float[1]; }                            | has type parameters        | drop them
            float[] /*here*/w(int i) { return new float[i]; }                           | has parameters             | drop them
            float[] /*here*/w() throws java.io.IOException { return new float[1]; }     | throws a checked exception | let it throw unchecked exceptions alone
            """)
    void isOneThatGeneratedCodeCanCall(String method, String fault, String mend) {
        Refusal.of("""
                @StateModule
                abstract class Net implements NetState {
                    @Parameter %s
                }
                """.formatted(method))
                .says(
                        Diagnostic.METHOD_MEMBER,
                        "Net.w() " + fault
                                + ", and @Parameter is for a method that generated code can call on each module"
                                + " without arguments; " + mend + ", or drop the annotation");
    }

    @Test
    void itsTypeIsThatOfAMember() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter java.nio.FloatBuffer w() { return null; }
                }
                """)
                .says(
                        Diagnostic.PARAMETER_TYPE,
                        "Net.w() (FloatBuffer) is no parameter, which is a Tensor, an AsTensor, or an array of float, double,"
                                + " int, long or boolean of any depth, or an Optional, a List, an array or a Map<String, ...> of"
                                + " these, or one such number; annotate a method that returns its array instead");
    }

    @Test
    void underTheAliasPolicyOfItsClassItNeedsASetter() {
        Refusal.of("""
                @StateModule(loadStateDict = Policy.ALIAS)
                class Net implements NetState {
                    /*here*/@Parameter float[] w() { return new float[1]; }
                }
                """)
                .says(
                        Diagnostic.UNASSIGNABLE_UNDER_ALIAS,
                        "Net.w() has no setter, and loading under Policy.ALIAS, which is the policy of Net, assigns it; add a"
                                + " method \"void setW(float[])\", or load under Policy.COPY");
    }
}
