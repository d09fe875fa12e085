package dev.statedict.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.LoadOptions;
import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateAssigner;
import dev.statedict.StateDict;
import dev.statedict.StateDictLoadException;
import dev.statedict.StateHooks;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SwappedStateTest {
    /** Tied weights, an array, a counter and extra state. */
    private static class Model implements Stateful, StateHooks {
        Tensor embed = Tensor.wrap(new float[] {1, 2}, 2);
        Tensor head = embed;
        float[] bias = {3};
        long step = 4;
        String note = "own";
        boolean throwing;

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("embed", embed);
            visitor.parameter("head", head);
            visitor.parameter("bias", bias);
            visitor.counter("step", step);
            visitor.extraState(note);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            embed = assigner.field("embed", embed);
            head = assigner.field("head", head);
            bias = assigner.field("bias", bias);
            step = assigner.field("step", step);
            note = assigner.field(StateAssigner.EXTRA_STATE, note);
        }

        @Override
        public void afterLoad(String prefix, LoadReport report) {
            if (throwing && step == 40) {
                throw new IllegalStateException("not this one");
            }
        }
    }

    private final Model model = new Model();
    private final Tensor embed = model.embed;
    private final float[] bias = model.bias;
    private final StateDict before = model.stateDict(Policy.COPY);

    private static StateDict other() {
        return StateDict.builder()
                .put("embed", Tensor.wrap(new float[] {10, 20}, 2))
                .put("head", Tensor.wrap(new float[] {100, 200}, 2))
                .put("bias", Tensor.wrap(new float[] {30}, 1))
                .put("step", Tensor.scalar(40))
                .extraState("", "other")
                .build();
    }

    private void requireOwn() {
        assertThat(model.stateDict().contentEquals(before)).isTrue();
        assertThat(model.embed).isSameAs(embed);
        assertThat(model.head).isSameAs(embed);
        assertThat(model.bias).isSameAs(bias);
    }

    @ParameterizedTest
    @EnumSource
    void theModuleHasTheOtherStateMeanwhileAndItsOwnStorageAfterwards(Policy policy) {
        StateDict other = other();
        try (SwappedState swapped = SwappedState.swap(model, other, policy)) {
            // of the tie, the last key wins
            assertThat(swapped.report().applied())
                    .contains("head", "bias", "step")
                    .doesNotContain("embed");
            assertThat(model.embed.toArray()).containsExactly(100, 200);
            assertThat(model.head.sharesStorageWith(model.embed)).isTrue();
            assertThat(model.bias).containsExactly(30);
            assertThat(model.step).isEqualTo(40);
            assertThat(model.note).isEqualTo("other");
            assertThat(model.head == other.get("head")).isEqualTo(policy == Policy.ALIAS);
        }
        requireOwn();
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionMeanwhileChangesNothingOfThat(Policy policy) {
        assertThatThrownBy(() -> {
                    try (SwappedState swapped = SwappedState.swap(model, other(), policy)) {
                        model.step = 7;
                        model.bias[0] = Float.NaN;
                        throw new IllegalStateException("evaluation failed under " + swapped.report());
                    }
                })
                .hasMessageStartingWith("evaluation failed");
        requireOwn();
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatDoesNotFitLeavesTheModuleAsItWas(Policy policy) {
        StateDict partial = other().filter(key -> key.equals("bias"));
        assertThatThrownBy(() -> SwappedState.swap(model, partial, policy)).isInstanceOf(StateDictLoadException.class);
        requireOwn();

        try (SwappedState swapped =
                SwappedState.swap(model, partial, policy, LoadOptions.strict().allowMissing("*"))) {
            assertThat(swapped.report().applied()).containsExactly("bias");
            assertThat(model.bias).containsExactly(30);
            assertThat(model.step).isEqualTo(4);
        }
        requireOwn();
    }

    @ParameterizedTest
    @EnumSource
    void aHookThatThrowsAfterTheSwapGivesTheOwnStateBack(Policy policy) {
        model.throwing = true;
        assertThatThrownBy(() -> SwappedState.swap(model, other(), policy)).hasMessageContaining("not this one");
        requireOwn();
    }

    @Test
    void aModuleThatCannotTakeItsStateBackIsToldBeforeAnythingChanges() {
        Tensor weight = Tensor.scalar(1);
        Stateful fixed = visitor -> visitor.parameter("weight", weight);
        StateDict other = StateDict.builder().put("weight", Tensor.scalar(2)).build();

        assertThatThrownBy(() -> SwappedState.swap(fixed, other, Policy.ALIAS))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("weight");
        assertThat(weight.item()).isEqualTo(1);
        SwappedState swapped = SwappedState.swap(fixed, other, Policy.COPY);
        assertThat(weight.item()).isEqualTo(2);
        swapped.close();
        assertThat(weight.item()).isEqualTo(1);
        weight.fill(3);
        swapped.close();
        assertThat(weight.item()).isEqualTo(3);
    }
}
