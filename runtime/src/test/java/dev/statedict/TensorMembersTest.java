package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A member that is a tensor is the same by the names that generated code uses, which no other kind of member has. */
class TensorMembersTest {
    private static final class Net implements Stateful {
        Tensor weight = Tensor.zeros(2);
        final @Nullable Tensor bias = null;
        Tensor mean = Tensor.zeros(3);

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.tensorBuffer("mean", mean);
            visitor.tensorBuffer("variance", null);
            visitor.tensorParameter("weight", weight);
            visitor.tensorParameter("bias", bias);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            weight = assigned(assigner, "weight", weight);
            mean = assigned(assigner, "mean", mean);
            assertThat(assigner.tensorField("bias", bias)).isNull();
        }

        private static Tensor assigned(StateAssigner assigner, String name, Tensor current) {
            Tensor tensor = assigner.tensorField(name, current);
            assertThat(tensor).isNotNull();
            return tensor;
        }
    }

    private final Net net = new Net();

    @Test
    void itsEntryIsTheFieldsOwnTensor() {
        StateDict state = net.stateDict();

        assertThat(state).containsExactly(Map.entry("weight", net.weight), Map.entry("mean", net.mean));
        assertThat(state.role("weight")).isEqualTo(Role.PARAMETER);
        assertThat(state.role("mean")).isEqualTo(Role.BUFFER);
    }

    @Test
    void aCopyLoadWritesIntoIt() {
        Tensor weight = net.weight;

        net.loadStateDict(
                Map.of("weight", Tensor.wrap(new float[] {1, 1}, 2), "mean", Tensor.wrap(new float[] {2, 2, 2}, 3)));

        assertThat(net.weight).isSameAs(weight);
        assertThat(weight.toArray()).containsExactly(1, 1);
        assertThat(net.mean.toArray()).containsExactly(2, 2, 2);
    }

    @Test
    void anAliasLoadAssignsIt() {
        Map<String, Tensor> state =
                Map.of("weight", Tensor.wrap(new float[] {1, 1}, 2), "mean", Tensor.wrap(new float[] {2, 2, 2}, 3));

        net.loadStateDict(state, Policy.ALIAS);

        assertThat(net.weight).isSameAs(state.get("weight"));
        assertThat(net.mean).isSameAs(state.get("mean"));
    }
}
