package dev.statedict.sample;

import dev.statedict.tensor.Tensor;
import java.util.List;

/**
 * How to train.
 *
 * @param epochs how often to go over the training rows
 * @param learningRate the length of a step in the first epoch
 * @param batchSize the rows of a step
 * @param weightDecay how strongly the parameters are pulled to 0
 * @param momentum how much of the last step is in the next; 0 for Adam, which has its own
 * @param method how steps are made of gradients
 * @param schedule how the learning rate changes
 */
record TrainingSettings(
        int epochs,
        double learningRate,
        int batchSize,
        double weightDecay,
        double momentum,
        Method method,
        Schedule schedule) {
    /** The optimizers. */
    enum Method {
        /** {@link Sgd}. */
        SGD,
        /** {@link Adam}. */
        ADAM
    }

    /** Plain gradient descent at a constant rate. */
    TrainingSettings(int epochs, double learningRate, int batchSize, double weightDecay) {
        this(epochs, learningRate, batchSize, weightDecay, 0, Method.SGD, Schedule.CONSTANT);
    }

    Optimizer optimizer(List<Tensor> parameters) {
        return switch (method) {
            case SGD -> new Sgd(parameters, momentum, weightDecay);
            case ADAM -> new Adam(parameters, weightDecay);
        };
    }
}
