package dev.statedict.sample;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.TensorMath;

/** The cross-entropy between labels and the softmax of logits, as {@code torch.nn.functional.cross_entropy}. */
final class CrossEntropy {
    private CrossEntropy() {}

    /** The mean over the rows of {@code -log softmax(logits)[label]}. */
    static double mean(Tensor logits, int[] labels) {
        Tensor logProbabilities = TensorMath.logSoftmax(logits);
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum -= logProbabilities.get(i, labels[i]);
        }
        return sum / labels.length;
    }

    /** Overwrites logits by the gradient of {@link #mean} by them: the softmax, less 1 at each label, over the rows. */
    static void toGradient(Tensor logits, int[] labels) {
        TensorMath.softmax(logits, logits);
        for (int i = 0; i < labels.length; i++) {
            logits.set(logits.get(i, labels[i]) - 1, i, labels[i]);
        }
        Tensor elements = logits.reshape(-1);
        for (int i = 0; i < elements.numel(); i++) {
            elements.set(elements.get(i) / labels.length, i);
        }
    }
}
