package dev.statedict.sample;

import dev.statedict.tensor.Tensor;

/**
 * Moves and scales each feature so that it has mean 0 and variance 1 over the images it was fitted to, as scikit-learn's
 * {@code StandardScaler}: by the population's deviation, and a feature that never varies is not scaled.
 *
 * @param mean of each feature
 * @param deviation of each feature; 1 where it never varies
 */
record Standardization(double[] mean, double[] deviation) {
    static Standardization fit(Tensor images) {
        int rows = images.size(0);
        int features = images.size(1);
        double[] mean = new double[features];
        double[] deviation = new double[features];
        for (int j = 0; j < features; j++) {
            float[] values = images.select(1, j).toArray();
            for (float value : values) {
                mean[j] += value / (double) rows;
            }
            double variance = 0;
            for (float value : values) {
                variance += (value - mean[j]) * (value - mean[j]) / rows;
            }
            deviation[j] = variance == 0 ? 1 : Math.sqrt(variance);
        }
        return new Standardization(mean, deviation);
    }

    /** The same digits, standardised, in a new tensor. */
    Digits apply(Digits digits) {
        float[] values = digits.images().toArray();
        for (int i = 0; i < values.length; i++) {
            int feature = i % mean.length;
            values[i] = (float) ((values[i] - mean[feature]) / deviation[feature]);
        }
        return new Digits(Tensor.wrap(values, digits.images().shape()), digits.labels());
    }
}
