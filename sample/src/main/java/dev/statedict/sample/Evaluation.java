package dev.statedict.sample;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.TensorMath;

/**
 * How well a model does on some digits.
 *
 * @param loss the mean cross-entropy
 * @param accuracy the fraction that it names rightly
 */
record Evaluation(double loss, double accuracy) {
    static Evaluation of(LogisticRegression model, Digits digits) {
        Tensor logits = model.forward(digits.images());
        int[] named = TensorMath.argmax(logits);
        int right = 0;
        for (int i = 0; i < named.length; i++) {
            if (named[i] == digits.labels()[i]) {
                right++;
            }
        }
        return new Evaluation(CrossEntropy.mean(logits, digits.labels()), (double) right / digits.size());
    }
}
