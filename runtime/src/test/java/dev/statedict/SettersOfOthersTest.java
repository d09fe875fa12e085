package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A setter may do more than its name says: what it replaces of other members is found out, and the load undone. */
class SettersOfOthersTest {
    private static final String UNDONE =
            " did not last: a setter of another member, or a class of a container, replaced"
                    + " it; let each setter assign its own member alone. The load was undone: the module is as it was.";

    /** A module whose step begins its weights anew. */
    private static class Restarting implements Stateful {
        float[] weights = {1, 2};
        int step = 3;
        boolean restarts = true;

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("w", weights);
            visitor.counter("step", step);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            weights = assigner.field("w", weights);
            assigner.<Integer>setter("step", () -> step, this::setStep);
        }

        void setStep(int value) {
            step = value;
            if (restarts) {
                weights = new float[2];
            }
        }
    }

    private static Map<String, Tensor> state() {
        return Map.of("w", Modules.tensor(5, 6), "step", Tensor.scalarInt(7));
    }

    @Test
    void anArrayThatTheSetterOfANumberReplacesUndoesTheLoad() {
        Restarting module = new Restarting();
        float[] before = module.weights;

        assertThatThrownBy(() -> module.loadStateDict(state()))
                .isInstanceOfSatisfying(StateDictLoadException.class, thrown -> {
                    assertThat(thrown).hasMessage("What is loaded for \"w\"" + UNDONE);
                    assertThat(thrown.report().applied()).isEmpty();
                });
        assertThat(module.weights).isSameAs(before).containsExactly(1, 2);
        assertThat(module.step).isEqualTo(3);
    }

    @Test
    void aFieldIsAssignedAfterAllSettersAndStands() {
        Restarting module = new Restarting() {
            @Override
            public void assignState(StateAssigner assigner) {
                assigner.<Integer>setter("step", () -> step, this::setStep);
                weights = assigner.field("w", weights);
            }
        };
        module.restarts = false;
        float[] given = {5, 6};

        LoadReport report =
                module.loadStateDict(Map.of("w", Tensor.wrap(given, 2), "step", Tensor.scalarInt(7)), Policy.ALIAS);

        assertThat(report.applied()).containsExactly("w", "step");
        assertThat(module.weights).isSameAs(given);
        assertThat(module.step).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void aNumberThatAnotherSetterResetsUndoesTheLoad(Policy policy) {
        int[] numbers = {1, 2};
        Stateful module = Modules.of(
                visitor -> {
                    visitor.counter("epoch", numbers[0]);
                    visitor.counter("step", numbers[1]);
                },
                assigner -> {
                    assigner.<Integer>setter("step", () -> numbers[1], value -> numbers[1] = value);
                    assigner.<Integer>setter("epoch", () -> numbers[0], value -> {
                        numbers[0] = value;
                        numbers[1] = value == 1 ? numbers[1] : 0;
                    });
                });

        assertThat(module.loadStateDict(Map.of("epoch", Tensor.scalar(5), "step", Tensor.scalar(7)), policy)
                        .applied())
                .as("its own setter comes last")
                .containsExactly("epoch", "step");
        assertThat(numbers).containsExactly(5, 7);

        Stateful reversed = Modules.of(
                visitor -> {
                    visitor.counter("step", numbers[1]);
                    visitor.counter("epoch", numbers[0]);
                },
                assigner -> {
                    assigner.<Integer>setter("step", () -> numbers[1], value -> numbers[1] = value);
                    assigner.<Integer>setter("epoch", () -> numbers[0], value -> {
                        numbers[0] = value;
                        numbers[1] = 0;
                    });
                });
        assertThatThrownBy(() ->
                        reversed.loadStateDict(Map.of("epoch", Tensor.scalar(8), "step", Tensor.scalar(9)), policy))
                .hasMessage(
                        "Assigning \"step\" did not last: it was given 9 and reads 0; let the setter keep what it is"
                                + " given, and the accessor return it. The load was undone: the module is as it was.");
        assertThat(numbers).as("also what the way back reset").containsExactly(5, 7);
    }

    @Test
    void whatASetterChangedOfAMemberThatIsNotLoadedIsSetBackByThatMembersSetter() {
        int[] numbers = {1, 2};
        Stateful module = Modules.of(
                visitor -> {
                    visitor.counter("epoch", numbers[0]);
                    visitor.counter("step", numbers[1]);
                },
                assigner -> {
                    assigner.<Integer>setter("epoch", () -> numbers[0], value -> numbers[0] = value);
                    assigner.<Integer>setter("step", () -> numbers[1], value -> {
                        numbers[0] = 0;
                        numbers[1] = value;
                        if (value == 7) {
                            throw new IllegalStateException("boom");
                        }
                    });
                });

        assertThatThrownBy(() -> module.loadStateDict(
                        Map.of("step", Tensor.scalar(7)), LoadOptions.strict().allowMissing("epoch")))
                .hasMessage("Assigning \"step\" threw java.lang.IllegalStateException: boom. The load was undone: the"
                        + " module is as it was.");
        assertThat(numbers).containsExactly(1, 2);
    }

    @Test
    void aChildThatASetterReplacesUndoesTheLoad() {
        Modules.Linear[] child = {new Modules.Linear(Modules.tensor(1), null)};
        Modules.Linear first = child[0];
        int[] size = {1};
        Stateful module = Modules.of(
                visitor -> {
                    visitor.counter("size", size[0]);
                    visitor.submodule("fc", child[0]);
                },
                assigner -> assigner.<Integer>setter("size", () -> size[0], value -> {
                    if (size[0] != value) {
                        child[0] = value == 1 ? first : new Modules.Linear(Modules.tensor(0), null);
                    }
                    size[0] = value;
                }));

        for (Policy policy : Policy.values()) {
            assertThatThrownBy(() -> module.loadStateDict(
                            Map.of("size", Tensor.scalar(2), "fc.weight", Modules.tensor(5)), policy))
                    .as(policy.name())
                    .isInstanceOf(StateDictLoadException.class)
                    .hasMessage("What is loaded for \"fc.weight\"" + UNDONE);
            assertThat(child[0]).isSameAs(first);
            assertThat(size[0]).isEqualTo(1);
            assertThat(first.weight.item()).isEqualTo(1);
        }
    }

    @Test
    void aListThatASetterReplacesUndoesTheLoad() {
        List<List<Double>> rates = new ArrayList<>(List.of(new ArrayList<>(List.of(0.5))));
        int[] step = {1};
        Stateful module = Modules.of(
                visitor -> {
                    visitor.parameters("rates", rates.get(0));
                    visitor.counter("step", step[0]);
                },
                assigner -> assigner.<Integer>setter("step", () -> step[0], value -> {
                    step[0] = value;
                    rates.set(0, new ArrayList<>(List.of(0.5)));
                }));

        assertThatThrownBy(() -> module.loadStateDict(Map.of("rates.0", Tensor.scalar(0.25), "step", Tensor.scalar(2))))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessage("What is loaded for \"rates.0\"" + UNDONE);
        assertThat(rates.get(0)).containsExactly(0.5);
        assertThat(step[0]).isEqualTo(1);
    }

    @Test
    void whatCannotBeSetBackIsTold() {
        Tensor[] hidden = {Tensor.scalar(1)};
        int[] step = {1};
        Stateful module = Modules.of(
                visitor -> {
                    visitor.buffer("hidden", hidden[0]);
                    visitor.counter("step", step[0]);
                },
                assigner -> assigner.<Integer>setter("step", () -> step[0], value -> {
                    step[0] = value;
                    hidden[0] = Tensor.scalar(0);
                }));

        assertThatThrownBy(() -> module.loadStateDict(Map.of("hidden", Tensor.scalar(5), "step", Tensor.scalar(2))))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessage("What is loaded for \"hidden\" did not last: a setter of another member, or a class of a"
                        + " container, replaced it; let each setter assign its own member alone. The load was undone, but"
                        + " what a setter put in place of \"hidden\" cannot be set back: the rest of the module is as it"
                        + " was.");
        assertThat(step[0]).isEqualTo(1);
    }

    @Test
    void aNumberThatItsSetterCannotSetBackIsTold() {
        int[] step = {1};
        Stateful module = Modules.of(
                visitor -> visitor.counter("step", step[0]),
                assigner -> assigner.<Integer>setter("step", () -> step[0], value -> step[0] = value + 1));

        assertThatThrownBy(() -> module.loadStateDict(Map.of("step", Tensor.scalar(5))))
                .hasMessage(
                        "Assigning \"step\" did not last: it was given 5 and reads 6; let the setter keep what it is"
                                + " given, and the accessor return it. The load was undone, but what a setter put in place of"
                                + " \"step\" cannot be set back: the rest of the module is as it was.");
    }

    @Test
    void aModuleThatCannotBeReadAgainIsTold() {
        int[] reads = new int[1];
        int[] step = {1};
        Stateful module = Modules.of(
                visitor -> {
                    if (reads[0]++ > 1) {
                        throw new IllegalStateException("boom");
                    }
                    visitor.counter("step", step[0]);
                },
                assigner -> assigner.<Integer>setter("step", () -> step[0], value -> step[0] = value));
        module.stateDict();

        assertThatThrownBy(() -> module.loadStateDict(Map.of("step", Tensor.scalar(5))))
                .hasMessage("Reading the module back after its setters ran threw java.lang.IllegalStateException: boom."
                        + " The load was undone, but asking the module for what it holds now threw"
                        + " java.lang.IllegalStateException: boom: what a setter put in place of other members is not"
                        + " known.");
        assertThat(step[0]).isEqualTo(1);
    }

    @Test
    void whatASetterWritesIntoAnArrayIsOverwritten() {
        float[] weights = {1, 2};
        int[] step = {1};
        Stateful module = Modules.of(
                visitor -> {
                    visitor.parameter("w", weights);
                    visitor.counter("step", step[0]);
                },
                assigner -> assigner.<Integer>setter("step", () -> step[0], value -> {
                    step[0] = value;
                    weights[0] = 0;
                }));

        assertThat(module.loadStateDict(state()).applied()).containsExactly("w", "step");
        assertThat(weights).containsExactly(5, 6);
    }

    @Test
    void aMemberThatCannotBeReadAfterTheSettersRanUndoesTheLoad() {
        int[] step = {1};
        float[] weights = {1, 2};
        Stateful module = Modules.of(
                visitor -> {
                    if (step[0] == 7) {
                        throw new IllegalStateException("boom");
                    }
                    visitor.parameter("w", weights);
                    visitor.counter("step", step[0]);
                },
                assigner -> assigner.<Integer>setter("step", () -> step[0], value -> step[0] = value));

        assertThatThrownBy(() -> module.loadStateDict(state()))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessage("Reading the module back after its setters ran threw java.lang.IllegalStateException: boom."
                        + " The load was undone: the module is as it was.");
        assertThat(weights).containsExactly(1, 2);
        assertThat(step[0]).isEqualTo(1);
    }
}
