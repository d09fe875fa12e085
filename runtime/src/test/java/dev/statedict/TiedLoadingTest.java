package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Modules.Linear;
import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where several keys lead to one place, the last in module order wins, the tie holds, and the report says so. */
class TiedLoadingTest {
    private final Tensor shared = tensor(1, 2);
    private final Linear embed = new Linear(shared, null);
    // tied by storage and layout, not by being the same object
    private final Linear head = new Linear(shared.reshape(2), null);

    private Stateful module(boolean declared) {
        return Modules.visiting(visitor -> {
            visitor.submodule("embed", embed);
            visitor.submodule("head", head);
            if (declared) {
                visitor.tiedTo("head.weight", "embed.weight");
            }
        });
    }

    private void assertTied(float... values) {
        assertThat(embed.weight.toArray()).containsExactly(values);
        assertThat(embed.weight.sharesStorageWith(head.weight)).isTrue();
        assertThat(TieGroups.tied(embed.weight, head.weight)).isTrue();
    }

    private static Map<String, Tensor> ordered(String key, Tensor tensor, String otherKey, Tensor otherTensor) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put(key, tensor);
        state.put(otherKey, otherTensor);
        return state;
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void theLastKeyInModuleOrderWinsWhateverTheDictsOrder(Policy policy) {
        LoadReport report =
                module(false).loadStateDict(ordered("head.weight", tensor(5, 6), "embed.weight", tensor(3, 4)), policy);

        assertTied(5, 6);
        assertThat(report.tied()).isEqualTo(Map.of("embed.weight", "head.weight"));
        assertThat(report.applied()).containsExactly("head.weight");
        assertThat(report)
                .hasToString("<All keys matched successfully>\n"
                        + "1 key applied\n"
                        + "1 key tied, with the value of another: embed.weight=head.weight");
    }

    @Test
    void rowsUnderTwoNamesAreATieToo() {
        float[][] rows = {{1}, {2}};
        Stateful twice = Modules.visiting(visitor -> {
            visitor.parameter("embed", rows);
            visitor.parameter("head", rows);
        });

        LoadReport report = twice.loadStateDict(
                ordered("embed", Tensor.zeros(2, 1), "head", Tensor.wrap(new float[] {5, 6}, 2, 1)));

        assertThat(rows).isDeepEqualTo(new float[][] {{5}, {6}});
        assertThat(report.tied()).isEqualTo(Map.of("embed", "head"));
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void equalValuesAreNoConflict(Policy policy) {
        LoadReport report =
                module(false).loadStateDict(ordered("embed.weight", tensor(5, 6), "head.weight", tensor(5, 6)), policy);

        assertTied(5, 6);
        assertThat(report.tied()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void theModulesOwnTensorWinsLikeAnyOther(Policy policy) {
        LoadReport report =
                module(false).loadStateDict(ordered("embed.weight", tensor(5, 6), "head.weight", head.weight), policy);

        assertTied(1, 2);
        assertThat(report.tied()).isEqualTo(Map.of("embed.weight", "head.weight"));
        assertThat(report.unchanged()).containsExactly("head.weight");
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void aMissingNameHasTheOthersValueAndIsStillMissing(Policy policy) {
        LoadReport report = module(false)
                .loadStateDict(
                        Map.of("embed.weight", tensor(5, 6)),
                        LoadOptions.strict().allowMissing("head.weight").withPolicy(policy));

        assertTied(5, 6);
        assertThat(report.missing()).containsExactly("head.weight");
        assertThat(report.tied()).isEqualTo(Map.of("head.weight", "embed.weight"));
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void aNameThatIsSkippedForItsShapeHasTheOthersValue(Policy policy) {
        LoadReport report = module(false)
                .loadStateDict(
                        ordered("embed.weight", tensor(5, 6), "head.weight", tensor(7)),
                        LoadOptions.strict().skipMismatched("head.*").withPolicy(policy));

        assertTied(5, 6);
        assertThat(report.skipped()).hasSize(1);
        assertThat(report.tied()).isEqualTo(Map.of("head.weight", "embed.weight"));
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void eitherNameOfADeclaredTieIsEnough(Policy policy) {
        assertThat(module(true)
                        .loadStateDict(Map.of("embed.weight", tensor(5, 6)), policy)
                        .missing())
                .isEmpty();
        assertTied(5, 6);

        assertThat(module(true)
                        .loadStateDict(Map.of("head.weight", tensor(7, 8)), policy)
                        .missing())
                .isEmpty();
        assertTied(7, 8);
    }

    @Test
    void withoutADeclarationBothNamesAreNeededAsInPyTorch() {
        assertThatThrownBy(() -> module(false).loadStateDict(Map.of("embed.weight", tensor(5, 6))))
                .hasMessageContaining("Missing key(s) in state_dict: \"head.weight\". ");
    }

    @Test
    void ofADeclaredTieThatTheDictLacksBothNamesAreMissing() {
        assertThatThrownBy(() -> module(true).loadStateDict(Map.of()))
                .hasMessageContaining("Missing key(s) in state_dict: \"embed.weight\", \"head.weight\". ");
    }

    @Test
    void aDeclaredTieThatDoesNotHoldIsAnErrorOfTheModule() {
        head.weight = tensor(1, 2);

        String message =
                "\"head.weight\" is declared as tied to \"embed.weight\" but is not: assign the same tensor to both";
        assertThatThrownBy(() -> module(true).loadStateDict(Map.of("embed.weight", tensor(5, 6))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> module(true).stateDict())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }

    @Test
    void aDeclaredTieToNothingIsAnErrorOfTheModule() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("weight", shared);
            visitor.tiedTo("weight", "embd.weight");
        });

        assertThatThrownBy(module::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "\"weight\" is declared as tied to \"embd.weight\", and there is no such key; a declared key"
                                + " is seen from the module that declares it");
    }

    @Test
    void nothingIsDeclaredForAMemberThatIsNull() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("weight", (Tensor) null);
            visitor.tiedTo("weight", "embd.weight");
        });

        assertThat(module.stateDict()).isEmpty();
    }

    @Test
    void aMemberMayBeTiedToSeveralOthers() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("a", shared);
            visitor.parameter("b", shared);
            visitor.parameter("c", tensor(1, 2));
            visitor.tiedTo("a", "c");
            visitor.tiedTo("a", "b");
        });

        assertThatThrownBy(module::stateDict).hasMessageContaining("\"a\" is declared as tied to \"c\" but is not");
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void aModuleOnTwoPathsHasTwoKeysAndTheLastWins(Policy policy) {
        Stateful twice = Modules.visiting(visitor -> {
            visitor.submodule("encoder", embed);
            visitor.submodule("decoder", embed);
        });

        LoadReport report =
                twice.loadStateDict(ordered("encoder.weight", tensor(3, 4), "decoder.weight", tensor(5, 6)), policy);

        assertThat(embed.weight.toArray()).containsExactly(5, 6);
        assertThat(report.tied()).isEqualTo(Map.of("encoder.weight", "decoder.weight"));
    }

    /** A module with values that have no storage. */
    private static final class Progress implements Stateful {
        private long step;
        private String note = "";
        private int sets;

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.counter("step", step);
            visitor.extraState(note);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            assigner.<Long>setter("step", () -> step, value -> {
                step = value;
                sets++;
            });
            note = assigner.field(StateAssigner.EXTRA_STATE, note);
        }
    }

    @Test
    void theValuesOfAModuleOnTwoPathsAreTiedToo() {
        Progress progress = new Progress();
        Stateful twice = Modules.visiting(visitor -> {
            visitor.submodule("a", progress);
            visitor.submodule("b", progress);
        });
        StateDict state = StateDict.builder()
                .put("a.step", Tensor.scalar(3))
                .put("b.step", Tensor.scalar(4))
                .extraState("a", "three")
                .extraState("b", "four")
                .build();

        LoadReport report = twice.loadStateDict(state);

        assertThat(progress.step).isEqualTo(4);
        assertThat(progress.sets).as("each member is set once").isEqualTo(1);
        assertThat(progress.note).isEqualTo("four");
        assertThat(report.tied()).isEqualTo(Map.of("a.step", "b.step", "a._extra_state", "b._extra_state"));
    }

    @Test
    void aMissingValueOfAModuleOnTwoPathsIsTheOtherPaths() {
        Progress progress = new Progress();
        Stateful twice = Modules.visiting(visitor -> {
            visitor.submodule("a", progress);
            visitor.submodule("b", progress);
        });

        LoadReport report = twice.loadStateDict(Map.of("a.step", Tensor.scalar(3)), LoadOptions.lenient());

        assertThat(progress.step).isEqualTo(3);
        assertThat(report.tied()).isEqualTo(Map.of("b.step", "a.step"));
        assertThat(report.missing()).containsExactly("a._extra_state", "b.step", "b._extra_state");
    }
}
