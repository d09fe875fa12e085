package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is generated for the classes of the README, and what it does. */
class GeneratedInterfaceTest {
    private static final String LINEAR = """
            package example;

            import dev.statedict.*;
            import dev.statedict.tensor.Tensor;

            @StateModule
            public final class Linear implements LinearState {
                @Parameter Tensor weight = Tensor.wrap(new float[] {1, 2}, 1, 2);
                @Parameter Tensor bias;
                @Buffer Tensor mean = Tensor.scalar(3);
                @Buffer(persistent = false) Tensor scratch = Tensor.scalar(4);

                public Linear() {}
            }
            """;
    private static final String MODEL = """
            package example;

            import dev.statedict.*;

            @StateModule(stateDict = Policy.COPY)
            public final class Model implements ModelState {
                final Linear fc = new Linear();
                Linear absent;

                public Model() {}
            }
            """;

    @Test
    void readsAsIfAPersonHadWrittenIt() {
        assertThat(Compiled.strictly(LINEAR, MODEL).generated("example.LinearState"))
                .isEqualTo("""
                        package example;

                        import dev.statedict.Generated;
                        import dev.statedict.StateAssigner;
                        import dev.statedict.StateVisitor;
                        import dev.statedict.Stateful;

                        /**
                         * The state of {@link Linear}, generated from its annotations.
                         * {@code stateDict()} is ALIAS, {@code loadStateDict(map)} is COPY.
                         */
                        @Generated("dev.statedict.processor.StateDictProcessor")
                        public interface LinearState extends Stateful {
                            @Override
                            default void visitState(StateVisitor visitor) {
                                visitor.fieldsInOrder(this, Linear.class);
                                Linear self = (Linear) this;
                                visitor.tensorParameter("weight", self.weight);
                                visitor.tensorParameter("bias", self.bias);
                                visitor.tensorBuffer("mean", self.mean);
                            }

                            @Override
                            default void assignState(StateAssigner assigner) {
                                Linear self = (Linear) this;
                                self.weight = assigner.tensorField("weight", self.weight);
                                self.bias = assigner.tensorField("bias", self.bias);
                                self.mean = assigner.tensorField("mean", self.mean);
                            }
                        }
                        """);
    }

    @Test
    void compilesWithoutAWarning() {
        assertThat(Compiled.strictly(LINEAR, MODEL).messages()).isEmpty();
    }

    @Test
    void namesMembersBySubmoduleAndField() {
        Stateful model = Compiled.strictly(LINEAR, MODEL).create(Stateful.class, "example.Model");

        assertThat(model.stateDict().keySet()).containsExactly("fc.weight", "fc.mean");
    }

    @Test
    void handsOutWhatThePolicyOfTheClassSays() {
        Compiled compiled = Compiled.strictly(LINEAR, MODEL);

        assertThat(compiled.create(Stateful.class, "example.Linear").stateDict().policy())
                .isEqualTo(Policy.ALIAS);
        assertThat(compiled.create(Stateful.class, "example.Model").stateDict().policy())
                .isEqualTo(Policy.COPY);
    }

    @Test
    void loadsUnderEitherPolicy() {
        Stateful linear = Compiled.strictly(LINEAR, MODEL).create(Stateful.class, "example.Linear");
        Tensor weight = Tensor.wrap(new float[] {7, 8}, 1, 2);
        Map<String, Tensor> state = Map.of("weight", weight, "mean", Tensor.scalar(9));
        Tensor before = linear.stateDict().get("weight");

        LoadReport report = linear.loadStateDict(state);
        assertThat(report.applied()).isEqualTo(List.of("weight", "mean"));
        assertThat(before.toArray()).containsExactly(7, 8);

        linear.loadStateDict(state, Policy.ALIAS);
        StateDict after = linear.stateDict();
        assertThat(after.get("weight")).isSameAs(weight);
    }
}
