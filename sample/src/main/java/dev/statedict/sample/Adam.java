package dev.statedict.sample;

import dev.statedict.Buffer;
import dev.statedict.Policy;
import dev.statedict.StateModule;
import dev.statedict.Transient;
import dev.statedict.tensor.Tensor;
import java.util.List;

/**
 * Adam with weight decay, as {@code torch.optim.Adam} with its default settings: in float32 it computes the same bits as
 * PyTorch on a CPU, which multiplies and adds with one rounding ({@link Math#fma}).
 */
@StateModule(stateDict = Policy.COPY)
final class Adam implements Optimizer, AdamState {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;

    @Transient // the model's, and part of its state
    private final List<Tensor> parameters;

    @Buffer("exp_avg")
    final List<Tensor> averages; // of the gradients

    @Buffer("exp_avg_sq")
    final List<Tensor> squares; // averages of their squares

    @Buffer
    long step;

    private final float weightDecay;

    Adam(List<Tensor> parameters, double weightDecay) {
        this.parameters = parameters;
        this.averages = Optimizer.zerosLike(parameters);
        this.squares = Optimizer.zerosLike(parameters);
        this.weightDecay = (float) weightDecay;
    }

    @Override
    public void step(List<Tensor> gradients, double learningRate) {
        step++;
        float rate = (float) (-learningRate / (1 - StrictMath.pow(BETA1, step)));
        float correction = (float) Math.sqrt(1 - StrictMath.pow(BETA2, step));
        for (int i = 0; i < parameters.size(); i++) {
            Tensor parameter = parameters.get(i).reshape(-1);
            Tensor gradient = gradients.get(i).reshape(-1);
            Tensor average = averages.get(i).reshape(-1);
            Tensor square = squares.get(i).reshape(-1);
            for (int j = 0; j < parameter.numel(); j++) {
                float slope = Math.fma(parameter.get(j), weightDecay, gradient.get(j));
                average.set(Math.fma((float) (1 - BETA1), slope - average.get(j), average.get(j)), j);
                square.set(Math.fma((float) (1 - BETA2) * slope, slope, square.get(j) * (float) BETA2), j);
                float deviation = (float) Math.sqrt(square.get(j)) / correction + EPSILON;
                parameter.set(parameter.get(j) + rate * average.get(j) / deviation, j);
            }
        }
    }
}
