package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Stateful;
import org.junit.jupiter.api.Test;

/** Generated code says that it tells fields in order where that is so, and the dict is the same where it is not. */
class FieldsInOrderTest {
    private static final String LINEAR =
            "@StateModule class Linear implements LinearState { @Parameter Tensor w = Tensor.zeros(1); }";

    private static Compiled compile(String... sources) {
        String[] files = new String[sources.length + 1];
        files[0] = Compiled.inExample(LINEAR);
        for (int i = 0; i < sources.length; i++) {
            files[i + 1] = Compiled.inExample(sources[i]);
        }
        return Compiled.strictly(files);
    }

    private static Stateful net(Compiled compiled) {
        return compiled.create(Stateful.class, "example.Net");
    }

    @Test
    void membersInAnyOrderOfSourceAreToldInThatOfTheDict() {
        Compiled compiled = compile("""
                @StateModule
                class Net implements NetState {
                    Linear fc = new Linear();
                    @ExtraState String text = "a";
                    @Parameter float[][] rows = {{1}};
                    @Buffer long steps = 2;
                    java.util.List<Linear> layers = java.util.List.of(new Linear());
                    @Parameter Tensor bias = Tensor.zeros(1);
                }
                """);

        assertThat(compiled.generated("example.NetState")).contains("""
                        visitor.fieldsInOrder(this, Net.class);
                        Net self = (Net) this;
                        visitor.parameter("rows", self.rows);
                        visitor.tensorParameter("bias", self.bias);
                        visitor.counter("steps", self.steps);
                        visitor.extraState(self.text);
                        visitor.submodule("fc", self.fc);
                        visitor.submodules("layers", self.layers);
                """);
        assertThat(net(compiled).stateDict().keySet()).containsExactly("rows", "bias", "steps", "fc.w", "layers.0.w");
    }

    @Test
    void aSubclassTellsWhatFollowsUponItsSuperclass() {
        Compiled compiled = compile("""
                @StateModule
                class Base implements BaseState { Linear fc = new Linear(); @Parameter Tensor a = Tensor.zeros(1); }
                """, """
                @StateModule
                class Net extends Base implements NetState { Linear next = new Linear(); @Parameter Tensor b = a; }
                """);

        assertThat(compiled.generated("example.BaseState")).contains("visitor.fieldsInOrder(this, Base.class)");
        assertThat(compiled.generated("example.NetState")).doesNotContain("fieldsInOrder");
        assertThat(net(compiled).stateDict().keySet()).containsExactly("a", "b", "fc.w", "next.w");
    }

    @Test
    void oneAccessorIsEnoughToBeAskedAgain() {
        Compiled compiled = compile("""
                @StateModule
                class Net implements NetState {
                    private final Linear fc = new Linear();
                    Linear fc() { return fc; }
                    @Parameter Tensor a = Tensor.zeros(1);
                }
                """);

        assertThat(compiled.generated("example.NetState")).contains("visitor.fields(this);");
        assertThat(net(compiled).stateDict().keySet()).containsExactly("a", "fc.w");
    }

    @Test
    void soIsWhatIsSeenAsATensorAndWhatHasAPast() {
        Compiled compiled = compile("""
                import dev.statedict.tensor.AsTensor;

                @StateModule
                class Net implements NetState {
                    static final class Matrix implements AsTensor {
                        final Tensor tensor = Tensor.zeros(1);
                        public Tensor asTensor() { return tensor; }
                    }
                    @Parameter Matrix a = new Matrix();
                }
                """, """
                @StateModule
                class Past implements PastState { @Submodule(formerly = "old") Linear fc = new Linear(); }
                """);

        assertThat(compiled.generated("example.NetState")).contains("visitor.fields(this);");
        assertThat(compiled.generated("example.PastState")).contains("visitor.fields(this);");
    }
}
