package dev.statedict.sample;

import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.List;

/**
 * Moves parameters down the slope of a loss. What it remembers from step to step is its state: with the parameters alone a
 * training could not go on as if it had not been interrupted.
 */
sealed interface Optimizer extends Stateful permits Sgd, Adam {
    /**
     * Makes one step.
     *
     * @param gradients of the loss by the parameters, in their order and shapes
     * @param learningRate the length of the step
     */
    void step(List<Tensor> gradients, double learningRate);

    /** Zeros in the shapes of the given tensors. */
    static List<Tensor> zerosLike(List<Tensor> tensors) {
        return tensors.stream().map(tensor -> Tensor.zeros(tensor.shape())).toList();
    }
}
