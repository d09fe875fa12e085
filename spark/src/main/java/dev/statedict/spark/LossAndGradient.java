package dev.statedict.spark;

import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.arithmetic.ParameterVector;
import dev.statedict.tensor.Tensor;
import java.util.List;

/**
 * What a pass over rows gives: the mean loss and its gradient.
 *
 * @param loss the sum of the losses over the sum of the weights
 * @param weight the sum of the rows' weights; as many as there are rows, where they have none
 * @param rows how many rows there are
 * @param gradients of the mean loss by the module's {@code parameters()}, in their order and shapes; a tie is there once
 */
public record LossAndGradient(double loss, double weight, long rows, List<Tensor> gradients) {
    static LossAndGradient of(SubtreeSum sum, Stateful model) {
        StateDict parameters = model.namedParameters();
        Tensor mean;
        if (sum.gradient instanceof float[] floats) {
            float[] means = new float[floats.length];
            for (int i = 0; i < means.length; i++) {
                means[i] = (float) (floats[i] / sum.weight);
            }
            mean = Tensor.wrap(means, means.length);
        } else {
            double[] means = ((double[]) sum.gradient).clone();
            for (int i = 0; i < means.length; i++) {
                means[i] /= sum.weight;
            }
            mean = Tensor.wrap(means, means.length);
        }
        return new LossAndGradient(
                sum.loss / sum.weight,
                sum.weight,
                sum.rows,
                List.copyOf(ParameterVector.vectorToParameters(mean, parameters).values()));
    }
}
