package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateHooksTest {
    private final List<String> log = new ArrayList<>();

    /** A module with one parameter, some children and hooks that tests replace. */
    private class Hooked implements Stateful, StateHooks {
        final Tensor w = tensor(1);
        final Map<String, Stateful> children = new LinkedHashMap<>();

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("w", w);
            children.forEach(visitor::submodule);
        }

        @Override
        public StateDict afterStateDict(String prefix, StateDict state) {
            log.add("afterStateDict " + prefix + " " + state.keySet());
            return state;
        }

        @Override
        public Map<String, Tensor> beforeLoad(String prefix, StateDict state) {
            log.add("beforeLoad " + prefix + " " + state.keySet());
            return state;
        }

        @Override
        public void afterLoad(String prefix, LoadReport report) {
            log.add("afterLoad " + prefix + " " + report.applied().size());
        }
    }

    private Hooked tree() {
        Hooked root = new Hooked();
        Hooked a = new Hooked();
        a.children.put("x", new Hooked());
        root.children.put("a", a);
        root.children.put("b", new Hooked());
        return root;
    }

    private static Map<String, Tensor> tensors(String... keys) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (String key : keys) {
            state.put(key, tensor(5));
        }
        return state;
    }

    @Test
    void afterStateDictRunsChildrenFirstAndSeesWhatLiesBelowTheModule() {
        tree().stateDict();

        assertThat(log)
                .containsExactly(
                        "afterStateDict a.x. [a.x.w]",
                        "afterStateDict a. [a.w, a.x.w]",
                        "afterStateDict b. [b.w]",
                        "afterStateDict  [w, a.w, a.x.w, b.w]");
    }

    @Test
    void loadingRunsBeforeHooksParentsFirstAndAfterHooksChildrenFirst() {
        tree().loadStateDict(tensors("w", "a.w", "a.x.w", "b.w"));

        assertThat(log)
                .containsExactly(
                        "beforeLoad  [w, a.w, a.x.w, b.w]",
                        "beforeLoad a. [a.w, a.x.w]",
                        "beforeLoad a.x. [a.x.w]",
                        "beforeLoad b. [b.w]",
                        "afterLoad a.x. 4",
                        "afterLoad a. 4",
                        "afterLoad b. 4",
                        "afterLoad  4");
    }

    @Test
    void hooksRunAlsoBesideModulesThatHaveNone() {
        Hooked root = new Hooked();
        for (String name : List.of("a", "c")) {
            root.children.put(name, new Hooked());
            root.children.put(name + "x", new Modules.Linear(Tensor.zeros(1, 1), Tensor.zeros(1)));
        }

        root.stateDict();

        assertThat(log).map(line -> line.split(" ")[1]).containsExactly("a.", "c.", "");
    }

    @Test
    void aModuleOnTwoPathsIsHookedOncePerPath() {
        Hooked shared = new Hooked();
        Stateful module = Modules.visiting(visitor -> {
            visitor.submodule("a", shared);
            visitor.submodule("b", shared);
        });

        module.loadStateDict(tensors("a.w", "b.w"));

        assertThat(log)
                .containsExactly("beforeLoad a. [a.w]", "beforeLoad b. [b.w]", "afterLoad a. 2", "afterLoad b. 2");
    }

    @Test
    void whatAfterStateDictReturnsStandsInTheModulesPlaceUnderEitherPolicy() {
        Hooked child = new Hooked() {
            @Override
            public StateDict afterStateDict(String prefix, StateDict state) {
                return state.rename(prefix + "w", prefix + "old")
                        .union(StateDict.builder()
                                .put(prefix + "more", tensor(7))
                                .extraState("child", "note")
                                .build());
            }
        };
        Stateful module = Modules.visiting(visitor -> {
            visitor.submodule("child", child);
            visitor.submodule("last", new Hooked());
        });

        StateDict live = module.stateDict(Policy.ALIAS);
        StateDict copy = module.stateDict(Policy.COPY);

        assertThat(live.keySet()).containsExactly("child.old", "child.more", "last.w");
        assertThat(live.get("child.old")).isSameAs(child.w);
        assertThat(live.extraState()).isEqualTo(Map.of("child", "note"));
        assertThat(live.policy()).isEqualTo(Policy.ALIAS);
        assertThat(copy.contentEquals(live)).isTrue();
        assertThat(copy.get("child.old").sharesStorageWith(child.w)).isFalse();
    }

    @Test
    void afterStateDictMustReturnSomething() {
        Hooked module = new Hooked() {
            @Override
            public StateDict afterStateDict(String prefix, StateDict state) {
                return null;
            }
        };

        assertThatThrownBy(module::stateDict)
                .isInstanceOf(NullPointerException.class)
                .hasMessage("afterStateDict returned null for \"\"; to change nothing, return what was given");
    }

    /** Knows its parameter by an old name. */
    private class Renaming extends Hooked {
        @Override
        public Map<String, Tensor> beforeLoad(String prefix, StateDict state) {
            return state.rename(prefix + "old", prefix + "w");
        }
    }

    @Test
    void beforeLoadMayRenameAndTheCallersMapIsNotChanged() {
        Renaming child = new Renaming();
        Stateful module = Modules.visiting(visitor -> visitor.submodule("c", child));
        Map<String, Tensor> state = tensors("c.old");

        LoadReport report = module.loadStateDict(state);

        assertThat(child.w.item()).isEqualTo(5);
        assertThat(report.applied()).containsExactly("c.w");
        assertThat(state).containsOnlyKeys("c.old");
    }

    @Test
    void beforeLoadSeesRolesStoredTypesPolicyAndExtraState() {
        StateDict given = StateDict.builder()
                .put("w", tensor(5), Role.BUFFER, StoredType.F16)
                .extraState("", "note")
                .build();
        StateDict[] seen = {given};
        Hooked module = new Hooked() {
            @Override
            public Map<String, Tensor> beforeLoad(String prefix, StateDict state) {
                seen[0] = state;
                return state;
            }
        };

        module.loadStateDict(given, LoadOptions.lenient());
        assertThat(seen[0].role("w")).isEqualTo(Role.BUFFER);
        assertThat(seen[0].storedType("w")).isEqualTo(StoredType.F16);
        assertThat(seen[0].extraState()).isEqualTo(Map.of("", "note"));
        assertThat(seen[0].policy()).isEqualTo(Policy.COPY);

        module.loadStateDict(module.stateDict());
        assertThat(seen[0].policy()).isEqualTo(Policy.ALIAS);
    }

    @Test
    void beforeLoadSeesKeysAsTheOptionsRenamedThem() {
        Hooked module = new Hooked();

        module.loadStateDict(
                tensors("model.v"), LoadOptions.strict().withPrefix("model.").rename("v", "w"));

        assertThat(log).contains("beforeLoad  [w]");
    }

    @Test
    void beforeLoadDoesNotSeeNullsWhichRemainProblems() {
        Hooked module = new Hooked();
        Map<String, Tensor> state = new HashMap<>();
        state.put("w", null);

        assertThatThrownBy(() -> module.loadStateDict(state))
                .hasMessageContaining("While copying the parameter named \"w\", expected torch.Tensor or Tensor-like"
                        + " object from checkpoint but received null");
        assertThat(log).containsExactly("beforeLoad  []");
    }

    @Test
    void aNullFromBeforeLoadIsAProblemOfItsKey() {
        Hooked module = new Hooked() {
            @Override
            public Map<String, Tensor> beforeLoad(String prefix, StateDict state) {
                Map<String, Tensor> changed = new HashMap<>(state);
                changed.put("w", null);
                return changed;
            }
        };

        assertThatThrownBy(() -> module.loadStateDict(tensors("w")))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("parameter named \"w\"");
    }

    @Test
    void twoKeysThatTheOptionsMakeOneAreReportedInSpiteOfHooks() {
        Hooked module = new Hooked();

        assertThatThrownBy(() -> module.loadStateDict(
                        tensors("w", "model.w"), LoadOptions.strict().withPrefix("model.")))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("The keys \"w\" and \"model.w\" both become \"w\".");
    }

    @Test
    void whatBeforeLoadThrowsReachesTheCallerAsItIsWithNothingWritten() {
        IllegalStateException boom = new IllegalStateException("boom");
        Hooked first = new Hooked();
        Hooked second = new Hooked() {
            @Override
            public Map<String, Tensor> beforeLoad(String prefix, StateDict state) {
                throw boom;
            }
        };
        Stateful module = Modules.visiting(visitor -> {
            visitor.submodule("c", first);
            visitor.submodule("d", second);
        });

        assertThatThrownBy(() -> module.loadStateDict(tensors("c.w", "d.w"))).isSameAs(boom);
        assertThat(first.w.item()).isEqualTo(1);
    }

    @Test
    void beforeLoadMustReturnSomething() {
        Hooked child = new Hooked() {
            @Override
            public Map<String, Tensor> beforeLoad(String prefix, StateDict state) {
                return null;
            }
        };
        Stateful module = Modules.visiting(visitor -> visitor.submodule("c", child));

        assertThatThrownBy(() -> module.loadStateDict(tensors("c.w")))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("beforeLoad returned null for \"c.\"; to change nothing, return what was given");
    }

    @Test
    void whenAfterLoadThrowsTheLoadStandsAndTheOthersStillRun() {
        IllegalStateException boom = new IllegalStateException("boom");
        AssertionError bang = new AssertionError("bang");
        Hooked child = new Hooked() {
            @Override
            public void afterLoad(String prefix, LoadReport report) {
                throw boom;
            }
        };
        Hooked root = new Hooked() {
            @Override
            public void afterLoad(String prefix, LoadReport report) {
                super.afterLoad(prefix, report);
                throw bang;
            }
        };
        root.children.put("c", child);

        assertThatThrownBy(() -> root.loadStateDict(tensors("w", "c.w")))
                .isInstanceOfSatisfying(StateDictLoadException.class, thrown -> {
                    assertThat(thrown)
                            .hasMessage("The load was made and stands, but afterLoad of the module at \"c\" threw"
                                    + " java.lang.IllegalStateException: boom.")
                            .hasCause(boom)
                            .hasSuppressedException(bang);
                    assertThat(thrown.report().applied()).containsExactly("w", "c.w");
                });
        assertThat(root.w.item()).isEqualTo(5);
        assertThat(child.w.item()).isEqualTo(5);
        assertThat(log).contains("afterLoad  2");
    }

    @Test
    void afterLoadCannotForgiveForItRunsOnlyWhenTheLoadWasMade() {
        Hooked module = new Hooked();

        assertThatThrownBy(() -> module.loadStateDict(tensors("w", "zz"))).isInstanceOf(StateDictLoadException.class);
        assertThat(log).containsExactly("beforeLoad  [w, zz]");
    }

    @Test
    void namedParametersAreNotHooked() {
        tree().namedParameters();

        assertThat(log).isEmpty();
    }
}
