package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Hooks and migrations written over a plain map lose nothing of the keys that stay. */
class PlainMapHooksTest {
    /** A tokenizer with text beside its tensors, under a module with hooks. */
    private static class Net implements Stateful, StateHooks {
        final Tensor w = Tensor.scalar(1);
        long seen = 5;
        String vocabulary = "abc";
        final Stateful tok = new Stateful() {
            @Override
            public void visitState(StateVisitor visitor) {
                visitor.counter("seen", seen);
                visitor.extraState(vocabulary);
            }

            @Override
            public void assignState(StateAssigner assigner) {
                seen = assigner.field("seen", seen);
                vocabulary = assigner.field(StateAssigner.EXTRA_STATE, vocabulary);
            }
        };
        UnaryOperator<StateDict> out = state -> state;
        UnaryOperator<Map<String, Tensor>> in = state -> state;

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("w", w);
            visitor.submodule("tok", tok);
        }

        @Override
        public StateDict afterStateDict(String prefix, StateDict state) {
            return out.apply(state);
        }

        @Override
        public Map<String, Tensor> beforeLoad(String prefix, StateDict state) {
            return in.apply(state);
        }
    }

    private static Map<String, Tensor> withW(Map<String, Tensor> state, Tensor w) {
        Map<String, Tensor> changed = new LinkedHashMap<>(state);
        changed.replace("w", w);
        return changed;
    }

    @Test
    void afterStateDictKeepsRolesStoredTypesExtraStateAndVersions() {
        Net net = new Net();
        net.out = state -> StateDict.of(withW(state, state.get("w").copy()));

        StateDict state = net.stateDict();

        assertThat(state.extraState()).isEqualTo(Map.of("tok", "abc"));
        assertThat(state.role("tok.seen")).isEqualTo(Role.COUNTER);
        assertThat(state.storedType("tok.seen")).isEqualTo(StoredType.I64);
        assertThat(state.versions()).isEqualTo(Map.of("", 1));
    }

    @Test
    void whatAStateDictDoesNotHoldAHookHasTakenAway() {
        Net net = new Net();
        net.out = state -> state.filter(key -> key.equals("w"));

        assertThat(net.stateDict().extraState()).isEmpty();
    }

    @Test
    void beforeLoadKeepsExtraStateForThePlace() {
        Net net = new Net();
        net.in = state -> withW(state, Tensor.scalar(7));
        StateDict given = StateDict.builder()
                .put("w", Tensor.scalar(2))
                .put("tok.seen", Tensor.scalar(9))
                .extraState("tok", "xyz")
                .build();

        net.loadStateDict(given);

        assertThat(net.w.item()).isEqualTo(7);
        assertThat(net.seen).isEqualTo(9);
        assertThat(net.vocabulary).isEqualTo("xyz");
    }

    @Test
    void beforeLoadThatReturnsADictOfAMapKeepsItToo() {
        Net net = new Net();
        net.in = state -> StateDict.of(withW(state, Tensor.scalar(7)));
        net.loadStateDict(StateDict.builder()
                .put("w", Tensor.scalar(2))
                .put("tok.seen", Tensor.scalar(9))
                .extraState("tok", "xyz")
                .build());

        assertThat(net.vocabulary).isEqualTo("xyz");
    }

    @Test
    void aMigrationKeepsRolesAndStoredTypesForWhatComesAfterIt() {
        StateDict[] seen = new StateDict[1];
        Stateful inner = versioned((state, version) -> {
            seen[0] = (StateDict) state;
            return state;
        });
        Stateful outer = new Stateful() {
            @Override
            public void visitState(StateVisitor visitor) {
                visitor.version(2, (state, version) -> {
                    Map<String, Tensor> changed = new LinkedHashMap<>();
                    state.forEach((key, tensor) -> changed.put(key.replace("old", "inner"), tensor));
                    changed.replace("inner.v", Tensor.scalar(4));
                    return changed;
                });
                visitor.submodule("inner", inner);
            }
        };
        StateDict given = StateDict.builder()
                .put("old.w", Tensor.scalar(2), Role.BUFFER, StoredType.F16)
                .put("inner.v", Tensor.scalar(3), Role.BUFFER, StoredType.BF16)
                .version("", 1)
                .build();

        LoadReport report = outer.loadStateDict(given);

        assertThat(seen[0].role("w")).isEqualTo(Role.BUFFER);
        assertThat(seen[0].storedType("w")).isEqualTo(StoredType.F16);
        assertThat(seen[0].role("v")).isEqualTo(Role.BUFFER);
        assertThat(seen[0].storedType("v")).isEqualTo(StoredType.BF16);
        assertThat(report.renamed()).isEqualTo(Map.of("old.w", "inner.w"));
    }

    @Test
    void whatWasStoredAsItWasInMemoryIsStoredSoInAnotherTypeToo() {
        StateDict[] seen = new StateDict[1];
        Stateful inner = versioned((state, version) -> {
            seen[0] = (StateDict) state;
            return state;
        });
        Stateful outer = visitor -> {
            visitor.version(2, (state, version) -> {
                Map<String, Tensor> changed = new LinkedHashMap<>(state);
                changed.replaceAll((key, tensor) -> tensor.to(ElementType.F64));
                return changed;
            });
            visitor.submodule("inner", inner);
        };

        outer.loadStateDict(StateDict.builder()
                .put("inner.w", Tensor.scalar(2))
                .put("inner.v", Tensor.scalar(3), Role.PARAMETER, StoredType.F16)
                .version("", 1)
                .build());

        assertThat(seen[0].storedType("w")).isEqualTo(StoredType.F64);
        assertThat(seen[0].storedType("v")).isEqualTo(StoredType.F16);
    }

    private static Stateful versioned(BiFunction<Map<String, Tensor>, Integer, Map<String, Tensor>> migration) {
        Tensor w = Tensor.scalar(1);
        Tensor v = Tensor.scalar(1);
        return visitor -> {
            visitor.version(2, (state, version) -> migration.apply(state, version));
            visitor.parameter("w", w);
            visitor.parameter("v", v);
        };
    }

    @Test
    void aDictOfCopiesDoesNotSayThatItIsLive() {
        Net net = new Net();
        net.out = StateDict::copy;

        assertThat(net.stateDict(Policy.ALIAS).policy()).isEqualTo(Policy.COPY);
    }

    @Test
    void aDictOfViewsSaysThatItIsLive() {
        Net net = new Net();
        net.out = state -> StateDict.of(withW(state, state.get("w").reshape(1)));

        assertThat(net.stateDict(Policy.ALIAS).policy()).isEqualTo(Policy.ALIAS);
    }

    @Test
    void aKeyThatAHookReturnsBesideOneThatItWasNotShownIsToldAsSuch() {
        Net net = new Net();
        net.in = state -> Map.of("v", Tensor.scalar(1), "child.w", Tensor.scalar(2));
        Tensor v = Tensor.scalar(1);
        Stateful module = visitor -> {
            visitor.parameter("v", v);
            visitor.submodule("child", net);
        };

        assertThatThrownBy(() -> module.loadStateDict(
                        Map.of("v", Tensor.scalar(1), "child.w", Tensor.scalar(1)), LoadOptions.lenient()))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining(
                        "The key \"v\" is there twice: a hook or a migration returned it, and it is also that"
                                + " of an entry which was not shown to it.");
    }

    @Test
    void aKeyOfAnotherThatAHookReturnsOnTheWayOutIsToldAsSuch() {
        Net net = new Net();
        net.out = state -> StateDict.builder()
                .put("v", Tensor.scalar(1))
                .put("w", Tensor.scalar(1))
                .put("child.w", Tensor.scalar(2))
                .extraState("", "mine")
                .build();
        Tensor v = Tensor.scalar(1);
        Stateful module = visitor -> {
            visitor.parameter("v", v);
            visitor.extraState("yours");
            visitor.submodule("child", net);
        };

        assertThatThrownBy(module::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("afterStateDict of the module at \"child\" returned \"v\", \"_extra_state\", which others"
                        + " have that were not shown to it; begin the keys with \"child.\"");
    }

    @Test
    void aDictOfWhichPrimitivesAloneWereKeptDoesNotSayThatItIsLive() {
        float scale = 3;
        Tensor w = Tensor.scalar(1);
        class Scaled implements Stateful, StateHooks {
            @Override
            public void visitState(StateVisitor visitor) {
                visitor.parameter("scale", scale);
                visitor.parameter("w", w);
            }

            @Override
            public StateDict afterStateDict(String prefix, StateDict state) {
                return StateDict.of(withW(state, state.get("w").copy()));
            }
        }

        assertThat(new Scaled().stateDict(Policy.ALIAS).policy()).isEqualTo(Policy.COPY);
    }

    @Test
    void extraStateAloneIsNoPlainMap() {
        Net net = new Net();
        net.in = state -> ((StateDict) state).filter(key -> key.equals("_extra_state"));
        StateDict given = StateDict.builder()
                .put("w", Tensor.scalar(2))
                .extraState("", "mine")
                .extraState("tok", "xyz")
                .build();

        assertThatThrownBy(() -> net.loadStateDict(given, LoadOptions.lenient()))
                .isInstanceOfSatisfying(
                        StateDictLoadException.class,
                        thrown -> assertThat(thrown.report().unexpected()).containsExactly("_extra_state"));
    }

    @Test
    void aKeyThatAMigrationAddsIsNotCalledRenamed() {
        Stateful module = versioned((state, version) -> {
            Map<String, Tensor> changed = new LinkedHashMap<>(state);
            changed.put("v", state.get("w"));
            return changed;
        });
        StateDict given =
                StateDict.builder().put("w", Tensor.scalar(2)).version("", 1).build();

        assertThat(module.loadStateDict(given).renamed()).isEmpty();
    }

    @Test
    void ofKeysWithOneTensorTheFirstIsCalledRenamed() {
        Stateful module = versioned((state, version) -> Map.of("w", state.get("old.b"), "v", Tensor.scalar(1)));
        Tensor tied = Tensor.scalar(2);
        StateDict given = StateDict.builder()
                .put("old.b", tied)
                .put("old.a", tied)
                .version("", 1)
                .build();

        assertThat(module.loadStateDict(given).renamed()).isEqualTo(Map.of("old.b", "w"));
    }
}
