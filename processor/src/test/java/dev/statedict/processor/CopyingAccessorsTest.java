package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accessors and setters that copy, as static analysers ask for, in code that was generated and compiled. */
@ParameterizedClass
@EnumSource
class CopyingAccessorsTest {
    @TempDir
    Path directory;

    private final EachCompiler compiler;

    CopyingAccessorsTest(EachCompiler compiler) {
        this.compiler = compiler;
    }

    private Stateful net(String source) {
        return compiler.compile(directory, "example.Net", Compiled.inExample(source))
                .get();
    }

    private static Map<String, Tensor> sevens(Stateful module) {
        Map<String, Tensor> sevens = new LinkedHashMap<>();
        module.stateDict(Policy.COPY).forEach((key, value) -> {
            sevens.put(key, Tensor.zeros(value.shape()));
            sevens.get(key).fill(7);
        });
        return sevens;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                class Net implements NetState {
                    @Parameter private float[] w = {1, 2};
                    float[] getW() { return w.clone(); }
                    void setW(float[] x) { w = x.clone(); }
                    public String toString() { return Arrays.toString(w); }
                }
                """,
                """
                class Net implements NetState {
                    @Parameter private float[] w = {1, 2};
                    float[] getW() { return w.clone(); }
                    void setW(float[] x) { w = x; }
                    public String toString() { return Arrays.toString(w); }
                }
                """,
                """
                class Net implements NetState {
                    @Parameter private final Tensor w = Tensor.scalar(1);
                    Tensor w() { return w.copy(); }
                    public String toString() { return w.toString(); }
                }
                """,
                """
                record Net(@Parameter float[] w) implements NetState {
                    Net() { this(new float[] {1}); }
                    @Override public float[] w() { return w.clone(); }
                    public String toString() { return Arrays.toString(w); }
                }
                """,
                """
                class Net implements NetState {
                    @Buffer private final Map<String, Tensor> w = Map.of("a", Tensor.scalar(1));
                    Map<String, Tensor> getW() {
                        Map<String, Tensor> copy = new HashMap<>();
                        w.forEach((key, value) -> copy.put(key, value.copy()));
                        return copy;
                    }
                    public String toString() { return w.toString(); }
                }
                """,
                """
                class Net implements NetState {
                    @StateModule static class Leaf implements Net_LeafState {
                        @Parameter Tensor v;
                        Leaf(Tensor v) { this.v = v; }
                    }
                    private final Leaf w = new Leaf(Tensor.scalar(1));
                    Leaf getW() { return new Leaf(w.v.copy()); }
                    public String toString() { return w.v.toString(); }
                }
                """,
                """
                class Net implements NetState {
                    @StateModule static class Leaf implements Runnable, Net_LeafState {
                        @Parameter Tensor v;
                        Leaf(Tensor v) { this.v = v; }
                        public void run() {}
                    }
                    private final List<Runnable> w = List.of(() -> {}, new Leaf(Tensor.scalar(1)));
                    List<Runnable> getW() { return List.of(() -> {}, new Leaf(((Leaf) w.get(1)).v.copy())); }
                    public String toString() { return ((Leaf) w.get(1)).v.toString(); }
                }
                """,
            })
    void aLoadThroughAnAccessorThatCopiesIsRefused(String source) {
        Stateful net = net("@StateModule " + source);
        String before = net.toString();
        Map<String, Tensor> state = sevens(net);

        for (Policy policy : Policy.values()) {
            assertThatThrownBy(() -> net.loadStateDict(state, policy))
                    .as(policy.name())
                    .isInstanceOf(StateDictLoadException.class)
                    .hasMessageContaining("The accessor Net.")
                    .hasMessageContaining(
                            " hands out a copy of \"w\" each time it is called, into which nothing can be loaded:"
                                    + " return the field itself.");
            assertThat(net).hasToString(before);
        }
        assertThatThrownBy(() -> net.stateDict(Policy.ALIAS))
                .hasMessageContaining(" hands out a copy of \"w\" each time");
    }

    @Test
    void aListOfTheVeryTensorsIsNoCopyOfThemButNothingCanBeAssignedInIt() {
        Stateful net = net("""
                @StateModule
                class Net implements NetState {
                    @Parameter private final List<Tensor> layers = new ArrayList<>(List.of(Tensor.scalar(1)));
                    @Parameter private final Tensor[] heads = {Tensor.scalar(1)};
                    List<Tensor> getLayers() { return new ArrayList<>(layers); }
                    Tensor[] getHeads() { return heads.clone(); }
                    public String toString() { return layers + " " + heads[0]; }
                }
                """);
        Map<String, Tensor> state = sevens(net);
        String before = net.toString();

        assertThatThrownBy(() -> net.loadStateDict(state, Policy.ALIAS))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining(
                        "The accessor Net.getLayers() hands out a copy of the container or module \"layers\"")
                .hasMessageContaining(
                        "The accessor Net.getHeads() hands out a copy of the container or module \"heads\"");
        assertThat(net).hasToString(before);
        net.loadStateDict(state);
        assertThat(net.toString()).isNotEqualTo(before);
    }

    @Test
    void aSetterThatCopiesUndoesTheLoad() {
        Stateful net = net("""
                @StateModule
                class Net implements NetState {
                    @Parameter private float[] w = {1, 2};
                    @Buffer private int step = 3;
                    float[] w() { return w; }
                    void setW(float[] x) { w = x.clone(); }
                    int step() { return step; }
                    void setStep(int x) { step = x; }
                    public String toString() { return Arrays.toString(w) + step; }
                }
                """);
        String before = net.toString();

        assertThatThrownBy(() -> net.loadStateDict(sevens(net), Policy.ALIAS))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageStartingWith("Assigning \"w\" did not last: what was given is not what is read back");
        assertThat(net).hasToString(before);
        assertThat(net.loadStateDict(sevens(net)).applied()).containsExactly("w", "step");
        assertThat(net).hasToString("[7.0, 7.0]7");
    }

    @Test
    void aSetterThatReplacesAnotherMemberUndoesTheLoad() {
        for (String reset : List.of("w = new float[2];", "w = w.clone();", "setW(new float[2]);")) {
            Stateful net = net("""
                    @StateModule
                    class Net extends Base implements NetState {
                        @Buffer private int step = 3;
                        int step() { return step; }
                        void setStep(int x) { step = x; %s }
                        public String toString() { return Arrays.toString(w) + step; }
                    }
                    @StateModule
                    class Base implements BaseState {
                        @Parameter float[] w = {1, 2};
                        void setW(float[] x) { w = x; }
                    }
                    """.formatted(reset));
            String before = net.toString();
            Map<String, Tensor> state = sevens(net);

            assertThatThrownBy(() -> net.loadStateDict(state))
                    .as(reset)
                    .isInstanceOf(StateDictLoadException.class)
                    .hasMessage("What is loaded for \"w\" did not last: a setter of another member, or a class of a"
                            + " container, replaced it; let each setter assign its own member alone. The load was undone:"
                            + " the module is as it was.");
            assertThat(net).as(reset).hasToString(before);
        }
    }

    @Test
    void whatAnAccessorThrowsNamesItsField() {
        Stateful net = net("""
                @StateModule
                class Net implements NetState {
                    private Runnable head;
                    Runnable head() { throw new IllegalStateException("not yet"); }
                }
                """);

        assertThatThrownBy(net::stateDict)
                .hasMessage("the accessor Net.head() of \"head\" threw java.lang.IllegalStateException: not yet");
    }

    @Test
    void anAccessorOfNothingIsNotBlamedForWhatASiblingThrows() {
        for (String nothing : List.of("null", "() -> {}", "new Object[] {List.of()}")) {
            Stateful net = net("""
                    @StateModule
                    class Net implements NetState {
                        private Object head = %s;
                        Object head() { return head; }
                        @Parameter float[][] ragged = {{1}, {1, 2}};
                    }
                    """.formatted(nothing.equals("() -> {}") ? "(Runnable) () -> {}" : nothing));

            assertThatThrownBy(net::stateDict)
                    .as(nothing)
                    .hasMessageStartingWith("\"ragged\" is no tensor: ")
                    .hasMessageNotContaining("head");
        }
    }

    @Test
    void aCopyThatIsKeptAndReturnedAgainCannotBeTold() {
        Stateful net = net("""
                @StateModule
                class Net implements NetState {
                    @Parameter private float[] w = {1, 2};
                    private float[] copy;
                    float[] w() { return copy == null ? copy = w.clone() : copy; }
                    public String toString() { return Arrays.toString(w); }
                }
                """);

        LoadReport report = net.loadStateDict(sevens(net));

        assertThat(report.applied()).containsExactly("w");
        assertThat(net).hasToString("[1.0, 2.0]");
    }
}
