package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A class that tells fields alone, in order, is walked while it tells; any other one when it has told all. */
class FieldsInOrderTest {
    private static class Block implements Stateful {
        final Tensor weight = Modules.tensor(1);
        final Tensor mean = Modules.tensor(2);
        int steps = 3;

        @Nullable
        Stateful first;

        List<Stateful> layers = List.of();

        @Nullable
        Stateful last;

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.fieldsInOrder(this, Block.class);
            visitor.parameter("weight", weight);
            visitor.parameter("bias", (Tensor) null);
            visitor.buffer("mean", mean);
            visitor.counter("steps", steps);
            visitor.extraState("text");
            visitor.submodule("first", first);
            visitor.submodules("layers", layers);
            visitor.submodule("last", last);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            steps = assigner.field("steps", steps);
            assigner.field(StateAssigner.EXTRA_STATE, "text");
        }
    }

    /** Tells more, and after submodules of its superclass. */
    private static final class Wider extends Block {
        private final String name;

        Wider(String name) {
            this.name = name;
        }

        @Override
        public void visitState(StateVisitor visitor) {
            super.visitState(visitor);
            visitor.parameter(name, Modules.tensor(4));
        }
    }

    @Test
    void theDictIsThatOfTheTree() {
        Block outer = new Block();
        outer.first = new Block();
        outer.layers = List.of(new Block(), new Modules.Linear(Modules.tensor(5), null));
        outer.last = new Block();

        StateDict dict = outer.stateDict();

        assertThat(dict.keySet())
                .containsExactly(
                        "weight",
                        "mean",
                        "steps",
                        "first.weight",
                        "first.mean",
                        "first.steps",
                        "layers.0.weight",
                        "layers.0.mean",
                        "layers.0.steps",
                        "layers.1.weight",
                        "last.weight",
                        "last.mean",
                        "last.steps");
        assertThat(dict.role("last.mean")).isEqualTo(Role.BUFFER);
        assertThat(dict.role("last.steps")).isEqualTo(Role.COUNTER);
        assertThat(dict.extraState()).containsOnlyKeys("", "first", "layers.0", "last");
    }

    @Test
    void whatASubclassTellsComesInPytorchsOrder() {
        Wider module = new Wider("wide");
        module.first = new Block();
        module.last = new Wider("other");

        assertThat(module.stateDict(Policy.COPY).keySet())
                .containsExactly(
                        "weight",
                        "wide",
                        "mean",
                        "steps",
                        "first.weight",
                        "first.mean",
                        "first.steps",
                        "last.weight",
                        "last.other",
                        "last.mean",
                        "last.steps");
    }

    @Test
    void theNamesOfASubclassAreLookedAtAlsoAfterSuchAModule() {
        Block outer = new Block();
        outer.layers = List.of(new Block(), new Wider("weight"));

        assertThatThrownBy(outer::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two members share the key \"layers.1.weight\"; rename one of them");
    }

    @Test
    void whoLetsSuchAModuleTellIsNotThatModule() {
        Block inner = new Block();
        inner.first = new Modules.Linear(Modules.tensor(5), null);
        Stateful outer = visitor -> {
            inner.visitState(visitor);
            visitor.parameter("copy", new float[] {1});
        };

        assertThat(outer.stateDict(Policy.COPY).keySet())
                .containsExactly("weight", "copy", "mean", "steps", "first.weight");
        assertThatThrownBy(outer::stateDict).hasMessageContaining("a copy of \"copy\" each time");
    }

    @Test
    void aModuleThatContainsItselfIsToldWhereItLeads() {
        Block outer = new Block();
        Block inner = new Block();
        outer.first = inner;
        inner.last = outer;

        assertThatThrownBy(outer::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the module at \"\" (Block) contains itself through \"first.last\": write @Transient on the"
                        + " field that leads back");
    }

    @Test
    void aLoadFillsAllOfItOrNothing() {
        Block outer = new Block();
        outer.first = new Wider("wide");
        outer.last = new Block();
        StateDict dict = outer.stateDict(Policy.COPY);
        dict.values().forEach(tensor -> tensor.fill(7));

        outer.loadStateDict(dict);

        assertThat(outer.last).isInstanceOfSatisfying(Block.class, last -> {
            assertThat(last.weight.toArray()).containsExactly(7);
            assertThat(last.steps).isEqualTo(7);
        });
        assertThatThrownBy(() -> outer.loadStateDict(Map.of("weight", Modules.tensor(8))))
                .isInstanceOf(StateDictLoadException.class);
        assertThat(outer.weight.toArray()).containsExactly(7);
    }
}
