package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Modules.Linear;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An optimiser is no module; it becomes one for this library in ten lines (docs/loading.md shows them). */
class HandWrittenOptimizerTest {
    /** Stochastic gradient descent with momentum; its gradient is the parameter itself. */
    private static final class Momentum implements Stateful {
        private final List<Tensor> parameters;
        private final List<Tensor> velocities;
        private long step;

        Momentum(List<Tensor> parameters) {
            this.parameters = parameters;
            this.velocities = new ArrayList<>(
                    parameters.stream().map(each -> Tensor.zeros(each.shape())).toList());
        }

        void step() {
            step++;
            for (int i = 0; i < parameters.size(); i++) {
                Tensor parameter = parameters.get(i);
                Tensor velocity = velocities.get(i);
                for (int j = 0; j < parameter.numel(); j++) {
                    velocity.set(0.9f * velocity.get(j) + parameter.get(j), j);
                    parameter.set(parameter.get(j) - 0.1f / step * velocity.get(j), j);
                }
            }
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.buffers("velocity", velocities);
            visitor.counter("step", step);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            step = assigner.field("step", step);
        }
    }

    private final Linear model = new Linear(tensor(1, 2), tensor(3));
    private final Momentum optimizer = new Momentum(model.parameters());

    @Test
    void itsStateHasKeysRolesAndValues() {
        optimizer.step();

        StateDict state = optimizer.stateDict();

        assertThat(state.keySet()).containsExactly("step", "velocity.0", "velocity.1");
        assertThat(state.role("step")).isEqualTo(Role.COUNTER);
        assertThat(state.role("velocity.0")).isEqualTo(Role.BUFFER);
        assertThat(state.get("velocity.1").item()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void trainingGoesOnFromASnapshotAsIfItHadNotStopped(Policy policy) {
        optimizer.step();
        StateDict weights = model.stateDict(Policy.COPY);
        StateDict moments = optimizer.stateDict(Policy.COPY);
        optimizer.step();
        optimizer.step();
        StateDict expected = model.stateDict(Policy.COPY);

        Linear resumedModel = new Linear(tensor(0, 0), tensor(0));
        resumedModel.loadStateDict(weights);
        Momentum resumed = new Momentum(resumedModel.parameters());
        resumed.loadStateDict(moments, policy);
        resumed.step();
        resumed.step();

        assertThat(resumedModel.stateDict().contentEquals(expected)).isTrue();
    }
}
