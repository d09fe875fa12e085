package dev.statedict.sample;

import dev.statedict.tensor.TensorMath;

/**
 * How often each digit was taken for which.
 *
 * @param counts {@code [actual][named]}
 */
record Confusion(int[][] counts) {
    static Confusion of(LogisticRegression model, Digits digits) {
        int[][] counts = new int[Digits.CLASSES][Digits.CLASSES];
        int[] named = TensorMath.argmax(model.forward(digits.images()));
        for (int i = 0; i < named.length; i++) {
            counts[digits.labels()[i]][named[i]]++;
        }
        return new Confusion(counts);
    }
}
