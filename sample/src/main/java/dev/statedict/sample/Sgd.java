package dev.statedict.sample;

import dev.statedict.Buffer;
import dev.statedict.Policy;
import dev.statedict.StateModule;
import dev.statedict.Transient;
import dev.statedict.tensor.Tensor;
import java.util.List;

/**
 * Gradient descent with momentum and weight decay, as {@code torch.optim.SGD}: in float32 it computes the same bits as
 * PyTorch on a CPU, which multiplies and adds with one rounding ({@link Math#fma}).
 */
@StateModule(stateDict = Policy.COPY)
final class Sgd implements Optimizer, SgdState {
    @Transient // the model's, and part of its state
    private final List<Tensor> parameters;

    @Buffer("momentum_buffer")
    final List<Tensor> velocities; // shaped as the parameters; none without momentum

    private final float momentum;
    private final float weightDecay;

    Sgd(List<Tensor> parameters, double momentum, double weightDecay) {
        this.parameters = parameters;
        this.velocities = momentum == 0 ? List.of() : Optimizer.zerosLike(parameters);
        this.momentum = (float) momentum;
        this.weightDecay = (float) weightDecay;
    }

    @Override
    public void step(List<Tensor> gradients, double learningRate) {
        for (int i = 0; i < parameters.size(); i++) {
            Tensor parameter = parameters.get(i).reshape(-1);
            Tensor gradient = gradients.get(i).reshape(-1);
            Tensor velocity = momentum == 0 ? null : velocities.get(i).reshape(-1);
            for (int j = 0; j < parameter.numel(); j++) {
                float down = Math.fma(parameter.get(j), weightDecay, gradient.get(j));
                if (velocity != null) {
                    down = velocity.get(j) * momentum + down;
                    velocity.set(down, j);
                }
                parameter.set(Math.fma(down, (float) -learningRate, parameter.get(j)), j);
            }
        }
    }
}
