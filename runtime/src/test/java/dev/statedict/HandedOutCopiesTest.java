package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.AsTensor;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a module hands out is its own: a copy is found out, and nothing is written. */
class HandedOutCopiesTest {
    private final float[] array = {1, 2};
    private final Tensor tensor = Tensor.wrap(array, 2);

    /** A module written by hand, which says nothing of fields. */
    private static Stateful telling(Consumer<StateVisitor> members) {
        return new Stateful() {
            @Override
            public void visitState(StateVisitor visitor) {
                members.accept(visitor);
            }

            @Override
            public String toString() {
                return "telling";
            }
        };
    }

    private static final class Copying implements Stateful {
        final float[] weights = {1, 2};
        int visits;

        @Override
        public void visitState(StateVisitor visitor) {
            visits++;
            visitor.parameter("w", weights.clone());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLoadIntoACopyIsRefused(Policy policy) {
        Copying module = new Copying();

        assertThatThrownBy(() -> module.loadStateDict(Map.of("w", Modules.tensor(5, 6)), policy))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining(
                        "The visitState of Copying hands out a copy of \"w\" each time it is called, into which"
                                + " nothing can be loaded: tell the visitor what the module itself holds.");
        assertThat(module.weights).containsExactly(1, 2);
    }

    @Test
    void anAliasDictOfACopyIsRefusedAndACopyDictIsNot() {
        Copying module = new Copying();

        for (Runnable making : List.<Runnable>of(module::stateDict, module::namedParameters)) {
            assertThatThrownBy(making::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "The visitState of Copying hands out a copy of \"w\" each time it is called, which nothing can"
                                    + " alias: tell the visitor what the module itself holds, or make a COPY dict.");
        }
        assertThat(module.stateDict(Policy.COPY).get("w").toArray()).containsExactly(1, 2);
    }

    @Test
    void anAsTensorThatCopiesIsFoundOutBehindAnAccessorThatReturnedNull() {
        Stateful module = new Stateful() {
            @Override
            public void visitState(StateVisitor visitor) {
                visitor.fields(this);
                visitor.accessor("bias", "Matrix.getBias()");
                visitor.parameter("bias", (Tensor) null);
                visitor.parameter("weight", new Copied(array));
            }
        };

        assertThatThrownBy(module::stateDict)
                .hasMessage(
                        "The accessor Copied.asTensor() hands out a copy of \"weight\" each time it is called, which"
                                + " nothing can alias: return the field itself, or make a COPY dict.");
    }

    private record Copied(float[] elements) implements AsTensor {
        @Override
        public Tensor asTensor() {
            return Tensor.copyOf(elements, elements.length);
        }
    }

    @Test
    void aModuleWrittenByHandIsVisitedTwiceWhereItMatters() {
        int[] visits = new int[1];
        Stateful module = telling(visitor -> {
            visits[0]++;
            visitor.parameter("w", tensor);
        });

        module.stateDict(Policy.COPY);
        assertThat(visits[0]).isEqualTo(1);
        module.stateDict(Policy.ALIAS);
        assertThat(visits[0]).isEqualTo(3);
        module.loadStateDict(StateDict.of(Map.of("w", Modules.tensor(5, 6))));
        assertThat(visits[0]).isEqualTo(5);
    }

    @Test
    void whatIsReadThroughAnAccessorIsAskedAgainAndNoField() {
        Stateful module = new Stateful() {
            @Override
            public void visitState(StateVisitor visitor) {
                visitor.fields(this);
                visitor.parameter("field", Modules.tensor(1));
                visitor.accessor("none", "M.none()");
                visitor.parameter("none", (Tensor) null);
                visitor.parameter("other", Modules.tensor(1));
                visitor.accessor("read", "M.getRead()");
                visitor.buffer("read", Modules.tensor(1));
            }
        };

        assertThatThrownBy(module::stateDict)
                .hasMessage(
                        "The accessor M.getRead() hands out a copy of \"read\" each time it is called, which nothing can"
                                + " alias: return the field itself, or make a COPY dict.");
    }

    @Test
    void aModuleThatLetsAnotherOneTellIsNotThatOne() {
        Stateful inner = Modules.visiting(visitor -> visitor.parameter("w", tensor));
        Stateful outer = telling(visitor -> {
            inner.visitState(visitor);
            visitor.parameter("copy", array.clone());
        });

        assertThatThrownBy(outer::stateDict).hasMessageContaining("a copy of \"copy\" each time");
    }

    @Test
    void whatCountsIsTheStorage() {
        List<Tensor> list = List.of(tensor);
        Stateful same = telling(visitor -> {
            visitor.parameter("w", Tensor.wrap(array, 2));
            visitor.parameter("maybe", Optional.of(tensor.reshape(1, 2)));
            visitor.parameters("list", new ArrayList<>(list));
            visitor.parameters("array", new Tensor[] {tensor.narrow(0, 1, 1)});
            visitor.parameters("map", new LinkedHashMap<>(Map.of("a", tensor)));
            visitor.parameter("empty", new float[0]);
            visitor.parameter("none", Tensor.zeros(0, 2));
            visitor.submodule("view", telling(inner -> inner.parameter("w", tensor)));
            visitor.submodules("views", List.of(telling(inner -> inner.parameter("w", tensor))));
            visitor.submodule("asked", (Object) List.of("none", telling(inner -> inner.parameter("w", tensor))));
        });

        assertThat(same.stateDict()).hasSize(10);
        same.loadStateDict(same.stateDict(Policy.COPY));
    }

    @Test
    void copiesAreFoundInWhateverHoldsThem() {
        Map<String, Consumer<StateVisitor>> members = new LinkedHashMap<>();
        members.put("array", visitor -> visitor.parameter("it", array.clone()));
        members.put("tensor", visitor -> visitor.buffer("it", tensor.copy()));
        members.put("optional", visitor -> visitor.parameter("it", Optional.of(tensor.copy())));
        members.put("list", visitor -> visitor.parameters("it", List.of(tensor, tensor.copy())));
        members.put("tensors", visitor -> visitor.parameters("it", new Tensor[] {tensor.copy()}));
        members.put("map", visitor -> visitor.buffers("it", Map.of("a", tensor.copy())));
        members.put(
                "module", visitor -> visitor.submodule("it", telling(inner -> inner.parameter("w", tensor.copy()))));
        members.put(
                "modules",
                visitor -> visitor.submodules(
                        "it", List.of(Map.of("a", telling(inner -> inner.parameter("w", tensor.copy()))))));
        members.put(
                "asked",
                visitor -> visitor.submodule("it", (Object) new Object[] {
                    1, telling(inner -> inner.parameter("w", tensor.copy()))
                }));
        members.put("counter", visitor -> visitor.submodule("it", telling(inner -> inner.counter("step", 1))));

        members.forEach((name, member) -> assertThatThrownBy(telling(member)::stateDict)
                .as(name)
                .hasMessageContaining("hands out a copy of \"it\" each time it is called"));
    }

    @Test
    void whereElementsAreAssignedTheContainerCounts() {
        List<Tensor> list = new ArrayList<>(List.of(tensor));
        Stateful module = telling(visitor -> visitor.parameters("list", new ArrayList<>(list)));
        Map<String, Tensor> state = Map.of("list.0", Modules.tensor(5, 6));

        assertThatThrownBy(() -> module.loadStateDict(state, Policy.ALIAS))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining(
                        "hands out a copy of the container or module \"list\" each time it is called, in which"
                                + " nothing can be assigned: tell the visitor what the module itself holds, or load with"
                                + " Policy.COPY.");
        assertThat(tensor.toArray()).containsExactly(1, 2);
        module.loadStateDict(state, Policy.COPY);
        assertThat(tensor.toArray()).containsExactly(5, 6);
    }

    @Test
    void whatAnAccessorThrowsNamesTheMember() {
        IllegalStateException thrown = new IllegalStateException("not yet");
        Stateful module = Modules.visiting(visitor -> {
            visitor.accessor("head", "Net.head()");
            throw thrown;
        });

        assertThatThrownBy(Modules.visiting(visitor -> visitor.submodule("fc", module))::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the accessor Net.head() of \"fc.head\" threw java.lang.IllegalStateException: not yet")
                .hasCause(thrown);
    }

    @Test
    void anAccessorOfNothingIsNotBlamedForWhatASiblingThrows() {
        IllegalStateException thrown = new IllegalStateException("boom");
        Map<String, Consumer<StateVisitor>> nothings = new LinkedHashMap<>();
        nothings.put("tensor", visitor -> visitor.parameter("it", (Tensor) null));
        nothings.put("array", visitor -> visitor.buffer("it", (float[]) null));
        nothings.put("optional", visitor -> visitor.parameter("it", Optional.empty()));
        nothings.put("list", visitor -> visitor.parameters("it", (List<Tensor>) null));
        nothings.put("module", visitor -> visitor.submodule("it", (Stateful) null));
        nothings.put("asked", visitor -> visitor.submodule("it", (Object) null));
        nothings.put("no module", visitor -> visitor.submodule("it", (Object) "text"));
        nothings.put("list of none", visitor -> visitor.submodule("it", (Object) List.of("text")));
        nothings.put("extra state", visitor -> visitor.extraState((String) null));

        for (int visit : List.of(1, 2)) {
            nothings.forEach((name, nothing) -> {
                int[] visits = new int[1];
                Stateful module = telling(visitor -> {
                    visitor.accessor(name.equals("extra state") ? StateAssigner.EXTRA_STATE : "it", "Net.it()");
                    nothing.accept(visitor);
                    if (++visits[0] == visit) {
                        throw thrown;
                    }
                    visitor.parameter("other", tensor);
                });

                assertThatThrownBy(module::stateDict).as(name).isSameAs(thrown);
            });
        }
    }

    /** A member with a setter that makes of the value what it will. */
    private static final class Setting implements Stateful {
        float[] weights = {1, 2};
        int step = 3;
        boolean copies;
        int most = Integer.MAX_VALUE;

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("w", weights);
            visitor.counter("step", step);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            assigner.<float[]>setter("w", () -> weights, value -> weights = copies ? value.clone() : value);
            assigner.<Integer>setter("step", () -> step, value -> step = Math.min(value, most));
        }
    }

    @Test
    void aSetterThatKeepsSomethingElseUndoesTheLoad() {
        Map<String, Tensor> state = Map.of("w", Modules.tensor(5, 6), "step", Tensor.scalar(7));
        Setting copying = new Setting();
        copying.copies = true;
        Setting clamping = new Setting();
        clamping.most = 4;

        assertThatThrownBy(() -> copying.loadStateDict(state, Policy.ALIAS))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessage(
                        "Assigning \"w\" did not last: what was given is not what is read back, as where one of the two is"
                                + " a copy; let the setter keep what it is given, and the accessor return it. The load was undone:"
                                + " the module is as it was.");
        assertThat(copying.weights).containsExactly(1, 2);
        assertThat(copying.step).isEqualTo(3);
        assertThatThrownBy(() -> clamping.loadStateDict(state))
                .hasMessage(
                        "Assigning \"step\" did not last: it was given 7 and reads 4; let the setter keep what it is given,"
                                + " and the accessor return it. The load was undone: the module is as it was.");
        assertThat(clamping.weights).containsExactly(1, 2);
        assertThat(clamping.step).isEqualTo(3);
    }
}
