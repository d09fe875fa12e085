package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A value whose type tells nothing is asked: where it is a module, it is a submodule. */
class AskedSubmodulesTest {
    private static Stateful leaf() {
        Tensor weight = Modules.tensor(1);
        return Modules.visiting(visitor -> visitor.parameter("w", weight));
    }

    private static Stateful holding(@Nullable Object value) {
        return Modules.visiting(visitor -> visitor.submodule("it", value));
    }

    @Test
    void aModuleIsASubmodule() {
        Object module = leaf();

        assertThat(holding(module).stateDict()).containsOnlyKeys("it.w");
    }

    @Test
    void anythingElseIsLeftOut() {
        for (Object other : new Object[] {
            "text",
            1,
            new Object(),
            new float[] {1},
            List.of("text"),
            Map.of(1, "one"),
            Set.of(2),
            Optional.empty(),
            new Object[] {"text"},
            Modules.tensor(1),
            List.of(List.of(Map.of()))
        }) {
            assertThat(holding(other).stateDict()).isEmpty();
        }
        assertThat(holding(null).stateDict()).isEmpty();
    }

    @Test
    void elementsThatAreNoModulesLeaveAGapAsInSequential() {
        assertThat(holding(Arrays.asList("relu", leaf(), null, leaf())).stateDict())
                .containsOnlyKeys("it.1.w", "it.3.w");
        assertThat(holding(new Object[] {leaf(), 2, leaf()}).stateDict()).containsOnlyKeys("it.0.w", "it.2.w");
    }

    @Test
    void containersAndOptionalsAreAskedAtAnyDepth() {
        Object deep = List.of(
                "none",
                Optional.of(List.of(leaf())),
                new Object[] {Map.of("named", Optional.of(leaf()))},
                Map.of("none", List.of("none")));

        assertThat(holding(deep).stateDict().keySet()).containsExactly("it.1.0.w", "it.2.0.named.w");
    }

    @Test
    void aMapIsReadInTheOrderOfItsModulesKeys() {
        Map<Object, Object> map = new HashMap<>();
        for (String key : List.of("q", "c", "a", "z", "m")) {
            map.put(key, leaf());
        }
        map.put(17, "keys of what is no module are nobody's business");
        map.put(null, "nor this");
        map.put("a.b", "nor that");

        assertThat(holding(map).stateDict().keySet()).containsExactly("it.a.w", "it.c.w", "it.m.w", "it.q.w", "it.z.w");
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("b", leaf());
        ordered.put("a", leaf());
        assertThat(holding(ordered).stateDict().keySet()).containsExactly("it.b.w", "it.a.w");
    }

    @Test
    void aModuleWithoutANameIsAnError() {
        String mend =
                ", where it has no name: keep modules in Lists, arrays, Optionals and Maps with String keys, or write"
                        + " @Transient on the field";
        Map<Object, Object> nullKey = new HashMap<>();
        nullKey.put(null, leaf());

        refuses(Set.of(leaf()), "\"it\" holds a module in a Set" + mend);
        refuses(List.of("none", Set.of(List.of(leaf()))), "\"it.1\" holds a module in a Set" + mend);
        refuses(new ArrayDeque<>(List.of(leaf())), "\"it\" holds a module in a collection" + mend);
        refuses(Map.of(3, leaf()), "\"it\" holds a module in a Map, under the key 3, which is no string" + mend);
        refuses(nullKey, "\"it\" holds a module in a Map, under the key null, which is no string" + mend);
        refuses(Map.of(leaf(), "a note"), "\"it\" holds a module in a Map, as a key" + mend);
        refuses(Map.of("a.b", leaf()), "the map at \"it\" has the key \"a.b\": a key can't contain \".\"");
    }

    private static void refuses(Object value, String message) {
        assertThatThrownBy(holding(value)::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }

    @Test
    void aModuleThatContainsItselfIsAnErrorThatNamesTheWayBack() {
        List<Object> children = new ArrayList<>();
        Stateful module = Modules.visiting(visitor -> visitor.submodule("children", (Object) children));
        children.add(Modules.visiting(visitor -> visitor.submodule("parent", (Object) module)));

        assertThatThrownBy(module::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the module at \"\" (Visiting) contains itself through \"children.0.parent\": write @Transient"
                                + " on the field that leads back");
    }

    @Test
    void aContainerThatContainsItselfAndNoModuleIsNothing() {
        List<Object> list = new ArrayList<>(List.of("text"));
        list.add(Optional.of(list));
        Object[] array = {"text", null};
        array[1] = List.of((Object) array);

        assertThat(holding(list).stateDict()).isEmpty();
        assertThat(holding(array).stateDict()).isEmpty();
    }

    @Test
    void whatIsNoModuleTakesNoName() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.submodule("w", (Object) "text");
            visitor.submodule("w", (Object) List.of());
            visitor.parameter("w", Modules.tensor(1));
        });
        Stateful twice = Modules.visiting(visitor -> {
            visitor.submodule("w", (Object) List.of(leaf()));
            visitor.parameter("w", Modules.tensor(1));
        });

        assertThat(module.stateDict()).containsOnlyKeys("w");
        assertThatThrownBy(twice::stateDict).hasMessage("two members share the key \"w\"; rename one of them");
    }

    @Test
    void whatIsFoundIsLoaded() {
        Stateful module = holding(List.of("relu", leaf()));

        module.loadStateDict(Map.of("it.1.w", Modules.tensor(7)));

        assertThat(module.stateDict().get("it.1.w").toArray()).containsExactly(7);
        assertThat(StateDictSchema.of(module).entries()).hasSize(1);
    }
}
