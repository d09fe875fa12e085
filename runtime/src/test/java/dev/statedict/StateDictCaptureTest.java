package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Modules.Linear;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateDictCaptureTest {
    private final Linear linear = new Linear(Tensor.wrap(new float[] {1, 2}, 1, 2), Tensor.wrap(new float[] {3}, 1));

    @Test
    void keysAreJoinedByDots() {
        Stateful inner = Modules.visiting(visitor -> visitor.submodule("fc", linear));
        Stateful outer = Modules.visiting(visitor -> visitor.submodule("body", inner));

        assertThat(outer.stateDict().keySet()).containsExactly("body.fc.weight", "body.fc.bias");
    }

    @Test
    void parametersComeBeforeBuffersBeforeExtraStateBeforeChildren() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.submodule("child", linear);
            visitor.parameters("list", List.of(Tensor.scalar(1)));
            visitor.counter("steps", 7L);
            visitor.buffer("mean", Tensor.scalar(2));
            visitor.parameter("scale", Tensor.scalar(3));
        });

        assertThat(module.stateDict().keySet())
                .containsExactly("scale", "steps", "mean", "child.weight", "child.bias", "list.0");
    }

    @Test
    void nullMembersAreOmitted() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.submodule("fc", new Linear(Tensor.scalar(1), null));
            visitor.submodule("none", (Stateful) null);
            visitor.buffer("mean", (Tensor) null);
            visitor.buffer("var", Optional.empty());
            visitor.parameters("list", Arrays.asList(null, Tensor.scalar(1)));
            visitor.submodules("blocks", (List<?>) null);
        });

        assertThat(module.stateDict().keySet()).containsExactly("fc.weight", "list.1");
    }

    @Test
    void containersOfModulesNestToAnyDepth() {
        Map<String, Object> branches = new LinkedHashMap<>();
        branches.put("z", new Linear[] {linear});
        branches.put("a", Optional.of(List.of(linear)));
        Stateful module = Modules.visiting(visitor -> {
            visitor.submodules("layers", List.of(List.of(linear), List.of(linear)));
            visitor.submodules("branches", branches);
        });

        assertThat(module.stateDict().keySet())
                .containsExactly(
                        "layers.0.0.weight",
                        "layers.0.0.bias",
                        "layers.1.0.weight",
                        "layers.1.0.bias",
                        "branches.z.0.weight",
                        "branches.z.0.bias",
                        "branches.a.0.weight",
                        "branches.a.0.bias");
    }

    @Test
    void unorderedMapsAreReadInKeyOrder() {
        Stateful module = Modules.visiting(visitor -> visitor.parameters(
                "scales", Map.of("b", Tensor.scalar(1), "a", Tensor.scalar(2), "c", Tensor.scalar(3))));

        assertThat(module.stateDict().keySet()).containsExactly("scales.a", "scales.b", "scales.c");
    }

    @Test
    void mapKeysAreCheckedAsPyTorchChecksThem() {
        Stateful dotted = Modules.visiting(visitor -> visitor.submodules("blocks", Map.of("a.b", linear)));
        Stateful empty = Modules.visiting(visitor -> visitor.submodules("blocks", Map.of("", linear)));

        assertThatThrownBy(dotted::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the map at \"blocks\" has the key \"a.b\": a key can't contain \".\"");
        assertThatThrownBy(empty::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the map at \"blocks\" has the key \"\": a key can't be the empty string \"\"");
    }

    @Test
    void aContainerOfSomethingElseIsRefused() {
        Stateful module = Modules.visiting(visitor -> visitor.submodules("blocks", List.of("text")));

        assertThatThrownBy(module::stateDict)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"blocks.0\" holds a java.lang.String, which is neither a module nor a List, array, Map or"
                        + " Optional of modules");
    }

    @Test
    void aModuleThatContainsItselfIsNamedByItsPath() {
        List<Stateful> children = new ArrayList<>();
        Stateful module = Modules.visiting(visitor -> visitor.submodules("children", children));
        children.add(Modules.visiting(visitor -> visitor.submodule("parent", module)));

        assertThatThrownBy(module::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the module at \"\" (Visiting) contains itself through \"children.0.parent\": write"
                        + " @Transient on the field that leads back");
    }

    @Test
    void aContainerThatContainsItselfIsNamedByItsPath() {
        List<Object> blocks = new ArrayList<>();
        blocks.add(List.of(blocks));
        Stateful module = Modules.visiting(visitor -> visitor.submodules("blocks", blocks));

        assertThatThrownBy(module::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the container at \"blocks\" (ArrayList) contains itself through \"0.0\": write @Transient on"
                                + " the field that leads back");
    }

    @Test
    void namesOfHandWrittenMembersAreCheckedAsThoseOfGeneratedOnes() {
        for (String name : List.of("a.b", "", "_extra_state", "__metadata__")) {
            Stateful inner = Modules.visiting(visitor -> visitor.parameter(name, Tensor.scalar(1)));
            Stateful module = Modules.visiting(visitor -> visitor.submodule("fc", inner));

            assertThatThrownBy(module::stateDict)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("a member of the module at \"fc\" (Visiting) is named \"" + name + "\": ");
        }
        assertThatThrownBy(Modules.visiting(visitor -> visitor.counter("a.b", 1))::stateDict)
                .hasMessage("a member of the module at \"\" (Visiting) is named \"a.b\": a key can't contain \".\"");
        assertThatThrownBy(Modules.visiting(visitor -> visitor.submodule("_extra_state", linear))::stateDict)
                .hasMessageEndingWith("is named \"_extra_state\": this key is reserved");
    }

    @Test
    void nullAndForeignKeysOfMapsAreRefused() {
        Map<String, Object> nullKey = new HashMap<>();
        nullKey.put(null, linear);
        nullKey.put("a", linear);
        Stateful module = Modules.visiting(visitor -> visitor.submodules("blocks", nullKey));

        assertThatThrownBy(module::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the map at \"blocks\" has the key null: keys must be strings");
    }

    @Test
    void aPolicyMustBeGiven() {
        assertThatThrownBy(() -> linear.stateDict(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void theSameModuleOnTwoPathsIsFine() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.submodule("encoder", linear);
            visitor.submodule("decoder", linear);
        });

        StateDict state = module.stateDict();

        assertThat(state.keySet()).containsExactly("encoder.weight", "encoder.bias", "decoder.weight", "decoder.bias");
        assertThat(state.get("encoder.weight")).isSameAs(state.get("decoder.weight"));
    }

    @Test
    void aRepeatedNameIsFoundBesideAModuleThatHasItOnce() {
        Stateful sound = Modules.visiting(visitor -> {
            visitor.parameter("v", Tensor.scalar(1));
            visitor.parameter("w", Tensor.scalar(2));
        });
        for (int count : new int[] {1, 2, 15, 16, 17, 18, 100}) {
            Stateful repeating = Modules.visiting(visitor -> {
                for (int i = 0; i < count; i++) {
                    visitor.parameter(i == 0 ? "v" : "w" + i, Tensor.scalar(i));
                }
                visitor.parameter("v", Tensor.scalar(-1));
            });
            Stateful module = Modules.visiting(visitor -> {
                visitor.submodule("sound", sound);
                visitor.submodule("repeating", repeating);
            });

            assertThatThrownBy(module::stateDict)
                    .as("behind %d names", count)
                    .hasMessage("two members share the key \"repeating.v\"; rename one of them");
        }
    }

    @Test
    void neighboursMayDifferInTheirNames() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.submodule("a", Modules.visiting(inner -> {
                inner.parameter("x", Tensor.scalar(1));
                inner.parameter("y", Tensor.scalar(2));
            }));
            visitor.submodule("b", Modules.visiting(inner -> inner.parameter("x", Tensor.scalar(3))));
            visitor.submodule("c", Modules.visiting(inner -> {
                inner.parameter("y", Tensor.scalar(4));
                inner.parameter("x", Tensor.scalar(5));
            }));
        });

        assertThat(module.stateDict().keySet()).containsExactly("a.x", "a.y", "b.x", "c.y", "c.x");
    }

    @Test
    void twoMembersOfOneKeyAreRefused() {
        Stateful inner = Modules.visiting(visitor -> {
            visitor.parameter("w", Tensor.scalar(1));
            visitor.buffer("w", Tensor.scalar(2));
        });
        Stateful module = Modules.visiting(visitor -> visitor.submodule("fc", inner));

        assertThatThrownBy(module::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two members share the key \"fc.w\"; rename one of them");
    }

    @Test
    void anAliasIsTheFieldsOwnTensor() {
        assertThat(linear.stateDict().get("weight")).isSameAs(linear.weight);
        assertThat(linear.stateDict().policy()).isEqualTo(Policy.ALIAS);
    }

    @Test
    void anArrayFieldIsSharedUnderAlias() {
        float[] scales = {1, 2, 3};
        Stateful module = Modules.visiting(visitor -> visitor.parameter("scales", scales));

        module.stateDict().get("scales").set(9, 1);

        assertThat(scales).containsExactly(1, 9, 3);
    }

    @Test
    void aCopyDoesNotFollow() {
        StateDict copy = linear.stateDict(Policy.COPY);

        linear.weight.fill(9);

        assertThat(copy.policy()).isEqualTo(Policy.COPY);
        assertThat(copy.get("weight").toArray()).containsExactly(1, 2);
    }

    @Test
    void aCopyKeepsTiesAndOverlapsWithinTheDict() {
        Tensor base = Tensor.wrap(new float[] {0, 1, 2, 3, 4, 5}, 6);
        Tensor left = base.narrow(0, 1, 3);
        Tensor right = base.narrow(0, 2, 3);
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("left", left);
            visitor.parameter("right", right);
            visitor.parameter("again", left);
            visitor.parameter("transposed", base.narrow(0, 1, 4).reshape(2, 2).transpose(0, 1));
        });

        StateDict copy = module.stateDict(Policy.COPY);
        copy.get("left").set(7, 1);

        assertThat(base.toArray()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(copy.get("right").toArray()).containsExactly(7, 3, 4);
        assertThat(copy.get("again").toArray()).containsExactly(1, 7, 3);
        assertThat(copy.get("transposed").toArray()).containsExactly(1, 3, 7, 4);
        assertThat(copy.get("left").storage())
                .as("one copy, of the span that is covered")
                .hasSize(4);
    }

    @Test
    void emptyAndScalarTensorsAreCopied() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("empty", Tensor.zeros(0, 3));
            visitor.parameter("scalar", Tensor.scalar(5));
        });

        StateDict copy = module.stateDict(Policy.COPY);

        assertThat(copy.get("empty").shape()).containsExactly(0, 3);
        assertThat(copy.get("scalar").item()).isEqualTo(5);
    }

    @Test
    void aCounterIsItsValueAtTheTimeOfTheCallUnderEitherPolicy() {
        long[] steps = {3};
        Stateful module = Modules.visiting(visitor -> {
            visitor.counter("steps", steps[0]);
            visitor.counter("done", true);
            visitor.counter("rate", 0.1f);
            visitor.counter("epoch", 2);
        });

        StateDict state = module.stateDict(Policy.ALIAS);
        steps[0] = 4;

        assertThat(state.get("steps").item()).isEqualTo(3);
        assertThat(state.get("steps").shape()).isEmpty();
        assertThat(state.role("steps")).isEqualTo(Role.COUNTER);
        assertThat(state.storedType("steps")).isEqualTo(StoredType.I64);
        assertThat(state.storedType("done")).isEqualTo(StoredType.BOOL);
        assertThat(state.get("rate").item()).isEqualTo(0.1f);
    }

    @Test
    void everyPrimitiveIsAnEntryOfItsOwnType() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.counter("steps", Long.MAX_VALUE);
            visitor.counter("epoch", Integer.MIN_VALUE);
            visitor.counter("done", true);
            visitor.counter("rate", 0.1f);
            visitor.counter("loss", 0.1);
            visitor.parameter("scale", 0.2);
            visitor.parameter("frozen", false);
            visitor.parameter("size", 3);
            visitor.parameter("seed", 1L << 40);
            visitor.parameter("bias", 0.5f);
        });

        StateDict state = module.stateDict();

        assertThat(state.keySet())
                .as("parameters first")
                .containsExactly("scale", "frozen", "size", "seed", "bias", "steps", "epoch", "done", "rate", "loss");
        assertThat(state.get("steps").getLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(state.get("steps").elementType()).isEqualTo(ElementType.I64);
        assertThat(state.get("epoch").getLong()).isEqualTo(Integer.MIN_VALUE);
        assertThat(state.get("epoch").elementType()).isEqualTo(ElementType.I32);
        assertThat(state.get("done").elementType()).isEqualTo(ElementType.BOOL);
        assertThat(state.get("rate").elementType()).isEqualTo(ElementType.F32);
        assertThat(state.get("loss").getDouble()).isEqualTo(0.1);
        assertThat(state.get("scale").elementType()).isEqualTo(ElementType.F64);
        assertThat(state.role("scale")).isEqualTo(Role.PARAMETER);
        assertThat(state.role("loss")).isEqualTo(Role.COUNTER);
        assertThat(state.storedType("epoch")).isEqualTo(StoredType.I32);
        assertThat(state.storedType("loss")).isEqualTo(StoredType.F64);
        assertThat(module.namedParameters().keySet()).containsExactly("scale", "frozen", "size", "seed", "bias");
    }

    @Test
    void anArrayOfAnyTypeIsSeenThroughItsEntry() {
        double[] weight = {0.1, 0.2};
        int[] table = {1, 2};
        long[] ids = {1L << 40};
        boolean[] mask = {true, false};
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("weight", weight);
            visitor.parameter("table", table);
            visitor.buffer("ids", ids);
            visitor.buffer("mask", mask);
        });

        StateDict alias = module.stateDict(Policy.ALIAS);
        StateDict copy = module.stateDict(Policy.COPY);
        weight[0] = 7;
        alias.get("mask").set(1, 1);

        assertThat(alias.get("weight").getDouble(0)).isEqualTo(7);
        assertThat(copy.get("weight").toDoubleArray()).containsExactly(0.1, 0.2);
        assertThat(mask).containsExactly(true, true);
        assertThat(copy.get("mask").toBooleanArray()).containsExactly(true, false);
        assertThat(alias.get("table").elementType()).isEqualTo(ElementType.I32);
        assertThat(copy.get("ids").getLong(0)).isEqualTo(1L << 40);
    }

    @Test
    void extraStateStandsBesideTheEntriesByModulePath() {
        Map<String, String> vocabulary = new LinkedHashMap<>(Map.of("hello", "1"));
        Stateful tokenizer = Modules.visiting(visitor -> visitor.extraState(vocabulary));
        Stateful module = Modules.visiting(visitor -> {
            visitor.extraState("v1");
            visitor.submodule("tokenizer", tokenizer);
        });

        StateDict state = module.stateDict();
        vocabulary.clear();

        assertThat(state).isEmpty();
        assertThat(state.extraState()).isEqualTo(Map.of("", "v1", "tokenizer", Map.of("hello", "1")));
    }

    @Test
    void namedParametersListsATieOnceAndNoBuffers() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("embed", linear.weight);
            visitor.buffer("mean", Tensor.scalar(0));
            visitor.parameter("head", linear.weight.reshape(1, 2));
            visitor.parameter("flat", linear.weight.reshape(2));
        });

        assertThat(module.namedParameters().keySet()).containsExactly("embed", "flat");
        assertThat(module.parameters()).hasSize(2);
        assertThat(module.parameters().get(0)).isSameAs(linear.weight);
    }

    @Test
    void namedParametersAskForNoCounter() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("w", linear.weight);
            visitor.counter("steps", 16_777_217L);
            visitor.extraState("note");
            visitor.parameters("list", List.of(Tensor.scalar(1)));
            visitor.parameter("array", new float[] {1});
            visitor.submodule("fc", linear);
        });

        assertThat(module.namedParameters().keySet()).containsExactly("w", "array", "list.0", "fc.bias");
        assertThat(module.namedParameters().policy()).isEqualTo(Policy.ALIAS);
        assertThat(module.namedParameters().extraState()).isEmpty();
    }
}
