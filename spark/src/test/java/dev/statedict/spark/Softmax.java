package dev.statedict.spark;

import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.TensorMath;

/** Softmax regression, which tests train. */
@StateModule
public final class Softmax implements SoftmaxState {
    @Parameter
    final Tensor weight; // [classes, features]

    @Parameter
    final Tensor bias; // [classes]

    public Softmax(int features, int classes) {
        this.weight = Tensor.zeros(classes, features);
        this.bias = Tensor.zeros(classes);
    }

    Tensor logits(Tensor x) {
        Tensor logits = TensorMath.matmul(x, weight.transpose(0, 1));
        TensorMath.addInPlace(logits, bias);
        return logits;
    }

    /** The sum of the rows' cross-entropies; the gradient of it is written. */
    static double sum(Softmax model, RowBlock block, int classes, Softmax gradient) {
        Tensor x = block.features();
        int[] labels = block.classes(classes);
        Tensor logits = model.logits(x);
        float[] logProbabilities = TensorMath.logSoftmax(logits).storage();
        TensorMath.softmax(logits, logits);
        float[] slopes = logits.storage();
        double loss = 0;
        for (int row = 0; row < labels.length; row++) {
            float weight = (float) block.weight(row);
            loss -= weight * logProbabilities[row * classes + labels[row]];
            slopes[row * classes + labels[row]] -= 1;
            for (int i = row * classes; weight != 1 && i < (row + 1) * classes; i++) {
                slopes[i] *= weight;
            }
        }
        TensorMath.matmul(logits.transpose(0, 1), x, gradient.weight);
        TensorMath.sum(logits, 0, gradient.bias);
        return loss;
    }

    /** One step down the mean gradient of some rows. */
    static void descend(Softmax model, LossAndGradient computed, float rate) {
        for (int i = 0; i < 2; i++) {
            TensorMath.addInPlace(
                    model.parameters().get(i), computed.gradients().get(i), -rate);
        }
    }

    /** One step on a block. */
    static void descend(Softmax model, RowBlock block, float rate) {
        Softmax gradient = new Softmax(block.width(), model.bias.numel());
        sum(model, block, model.bias.numel(), gradient);
        for (int i = 0; i < 2; i++) {
            TensorMath.addInPlace(
                    model.parameters().get(i), gradient.parameters().get(i), -rate / block.rows());
        }
    }
}
