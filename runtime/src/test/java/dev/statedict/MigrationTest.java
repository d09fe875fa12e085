package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MigrationTest {
    private final Tensor weight = Tensor.zeros(2);
    private final Tensor count = Tensor.scalar(7);

    private Stateful layer(Consumer<StateVisitor> history) {
        return Modules.visiting(visitor -> {
            history.accept(visitor);
            visitor.parameter("weight", weight);
        });
    }

    private static Stateful parent(Stateful child, Consumer<StateVisitor> history) {
        return Modules.visiting(visitor -> {
            history.accept(visitor);
            visitor.submodule("conv", child);
        });
    }

    private static Tensor tensor(float... values) {
        return Tensor.wrap(values, values.length);
    }

    @Test
    void aFormerNameOfAMemberIsReadAndReported() {
        Stateful module = layer(visitor -> visitor.formerly("weight", "w"));

        LoadReport report = module.loadStateDict(Map.of("w", tensor(1, 2)));

        assertThat(weight.toArray()).containsExactly(1, 2);
        assertThat(report.renamed()).isEqualTo(Map.of("w", "weight"));
    }

    @Test
    void formerNamesOfASubmoduleAndOfItsMemberWorkTogether() {
        Stateful module =
                parent(layer(visitor -> visitor.formerly("weight", "w")), visitor -> visitor.formerly("conv", "cv1"));

        module.loadStateDict(Map.of("cv1.w", tensor(1, 2)));
        module.loadStateDict(Map.of("cv1.weight", tensor(1, 2)));
        module.loadStateDict(Map.of("conv.w", tensor(3, 4)));

        assertThat(weight.toArray()).containsExactly(3, 4);
    }

    @Test
    void aDictWithBothNamesIsRefused() {
        Stateful module = layer(visitor -> visitor.formerly("weight", "w"));
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("w", tensor(1, 2));
        state.put("weight", tensor(3, 4));

        assertThatThrownBy(() -> module.loadStateDict(state))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("The keys \"w\" and \"weight\" both become \"weight\".");
    }

    @Test
    void aRetiredKeyIsDroppedAndReported() {
        Stateful module = parent(layer(visitor -> visitor.retired("position_*")), visitor -> {});

        LoadReport report = module.loadStateDict(Map.of("conv.weight", tensor(1, 2), "conv.position_ids", tensor(0)));

        assertThat(report.retired()).containsExactly("conv.position_ids");
        assertThat(report.unexpected()).isEmpty();
    }

    @Test
    void aRetiredKeyIsRetiredForItsOwnModuleOnly() {
        Stateful module = parent(layer(visitor -> visitor.retired("position_*")), visitor -> {});

        assertThatThrownBy(() -> module.loadStateDict(Map.of("conv.weight", tensor(1, 2), "position_ids", tensor(0))))
                .hasMessageContaining("Unexpected key(s) in state_dict: \"position_ids\".");
    }

    @Test
    void aMigrationSeesTheModulesOwnKeysAndItsVersion() {
        Stateful module = parent(
                layer(visitor -> visitor.version(3, (state, version) -> {
                    assertThat(state.keySet()).containsExactly("doubled");
                    assertThat(version).isEqualTo(2);
                    Tensor halved = state.get("doubled").copy();
                    halved.set(halved.get(0) / 2, 0);
                    return Map.of("weight", halved);
                })),
                visitor -> {});
        StateDict old = StateDict.builder()
                .put("conv.doubled", tensor(8, 1))
                .version("conv", 2)
                .build();

        LoadReport report = module.loadStateDict(old);

        assertThat(weight.toArray()).containsExactly(4, 1);
        assertThat(report.applied()).containsExactly("conv.weight");
    }

    @Test
    void stateOfTheClassesOwnVersionIsNotMigrated() {
        Stateful module = layer(visitor -> visitor.version(2, (state, version) -> Map.of("weight", tensor(9, 9))));
        StateDict current =
                StateDict.builder().put("weight", tensor(1, 2)).version("", 2).build();

        module.loadStateDict(current);

        assertThat(weight.toArray()).containsExactly(1, 2);
    }

    @Test
    void aMigrationThatReturnsNullIsNamedByItsModule() {
        Stateful module = parent(layer(visitor -> visitor.version(2, (state, version) -> null)), visitor -> {});
        StateDict old = StateDict.builder()
                .put("conv.weight", tensor(1, 2))
                .version("conv", 1)
                .build();

        assertThatThrownBy(() -> module.loadStateDict(old))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the migration of the module at \"conv.\" returned null");
    }

    @Test
    void theVersionOfARenamedSubmoduleIsFound() {
        int[] migrated = {0};
        Stateful module = parent(
                layer(visitor -> visitor.version(2, (state, version) -> {
                    migrated[0] = version;
                    return state;
                })),
                visitor -> visitor.formerly("conv", "cv1"));

        module.loadStateDict(StateDict.builder()
                .put("cv1.weight", tensor(1, 2))
                .version("cv1", 1)
                .build());

        assertThat(migrated).containsExactly(1);
    }

    @Test
    void aMemberAddedLaterKeepsItsValueWhenTheDictIsOlder() {
        Stateful module = layer(visitor -> {
            visitor.version(2);
            visitor.addedIn("count", 2);
            visitor.buffer("count", count);
        });
        StateDict old =
                StateDict.builder().put("weight", tensor(1, 2)).version("", 1).build();

        LoadReport report = module.loadStateDict(old);

        assertThat(report.missing()).isEmpty();
        assertThat(count.item()).isEqualTo(7);
    }

    @Test
    void aDictOfTheCurrentVersionMustHaveTheMember() {
        Stateful module = layer(visitor -> {
            visitor.version(2);
            visitor.addedIn("count", 2);
            visitor.buffer("count", count);
        });
        StateDict broken = module.stateDict().filter(key -> !key.equals("count"));

        assertThat(broken.versions()).isEqualTo(Map.of("", 2));
        assertThatThrownBy(() -> module.loadStateDict(broken))
                .hasMessageStartingWith(
                        "Error(s) in loading state_dict for Visiting:\n\tMissing key(s) in state_dict: \"count\". ");
    }

    @Test
    void aDictWithoutVersionsIsCurrentUnlessTheOptionsSayOtherwise() {
        Stateful module = layer(visitor -> {
            visitor.version(2);
            visitor.addedIn("count", 2);
            visitor.buffer("count", count);
        });
        Map<String, Tensor> plain = Map.of("weight", tensor(1, 2));

        assertThatThrownBy(() -> module.loadStateDict(plain)).isInstanceOf(StateDictLoadException.class);
        assertThat(module.loadStateDict(plain, LoadOptions.strict().assumeVersion(1))
                        .applied())
                .containsExactly("weight");
    }

    @Test
    void stateOfANewerClassIsRefused() {
        Stateful module = layer(visitor -> visitor.version(2));
        StateDict newer =
                StateDict.builder().put("weight", tensor(1, 2)).version("", 3).build();

        assertThatThrownBy(() -> module.loadStateDict(newer))
                .hasMessage("Error(s) in loading state_dict for Visiting:\n"
                        + "\tThe state of the root module has version 3, and its class has version 2. Load it with the"
                        + " newer class.");
    }

    @Test
    void aClassThatSaysNothingOfItsPastHasVersionOne() {
        Stateful module = parent(layer(visitor -> {}), visitor -> {});
        StateDict newer = StateDict.builder()
                .put("conv.weight", tensor(1, 2))
                .version("conv", 2)
                .build();

        assertThatThrownBy(() -> module.loadStateDict(newer))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("The state of \"conv\" has version 2, and its class has version 1.");
    }

    @Test
    void versionsFollowTheirModulesThroughTheTools() {
        StateDict state =
                StateDict.builder().put("fc.weight", tensor(1)).version("fc", 2).build();

        assertThat(state.withPrefix("model.").versions()).isEqualTo(Map.of("", 1, "model", 1, "model.fc", 2));
        assertThat(state.withPrefix("model.").withoutPrefix("model.").versions())
                .isEqualTo(Map.of("", 1, "fc", 2));
        assertThat(state.sub("fc").versions()).isEqualTo(Map.of("", 2));
        assertThat(state.rename("fc", "head").versions()).isEqualTo(Map.of("", 1, "head", 2));
        assertThat(state.filter(key -> false).versions()).isEqualTo(Map.of("", 1, "fc", 2));
        assertThat(state.copy().versions()).isEqualTo(Map.of("", 1, "fc", 2));
        assertThat(StateDict.of(new LinkedHashMap<>(state)).versions()).isEmpty();
    }

    @Test
    void declaredShapesAreCheckedWithTheirSymbolsThroughoutTheModule() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("weight", Tensor.zeros(3, 2));
            visitor.shape("weight", "out", "in");
            visitor.parameter("bias", Tensor.zeros(4));
            visitor.shape("bias", "out");
        });

        assertThatThrownBy(() -> module.loadStateDict(module.stateDict(Policy.COPY)))
                .hasMessage("Error(s) in loading state_dict for Visiting:\n"
                        + "\tThe shape [4] of \"bias\" is not the declared [out]: out is 3 by \"weight\".");
    }

    @Test
    void aDeclaredSizeIsThatNumberAndAQuestionMarkAny() {
        for (String[] sizes : new String[][] {{"2", "?"}, {"?", "3"}, {"n", "m"}}) {
            shaped(sizes).loadStateDict(Map.of("weight", Tensor.zeros(2, 3)));
        }
        assertThatThrownBy(() -> shaped("?", "4").loadStateDict(Map.of("weight", Tensor.zeros(2, 3))))
                .hasMessage("Error(s) in loading state_dict for Visiting:\n"
                        + "\tThe shape [2, 3] of \"weight\" is not the declared [?, 4]: 4 is not 3.");
        assertThatThrownBy(() -> shaped("n").loadStateDict(Map.of("weight", Tensor.zeros(2, 3))))
                .hasMessage("Error(s) in loading state_dict for Visiting:\n"
                        + "\tThe shape [2, 3] of \"weight\" is not the declared [n]: it has 2 dimension(s).");
    }

    private static Stateful shaped(String... sizes) {
        return Modules.visiting(visitor -> {
            visitor.parameter("weight", Tensor.zeros(2, 3));
            visitor.shape("weight", sizes);
        });
    }
}
