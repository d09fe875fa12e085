package dev.statedict.sample;

/**
 * All that chance decides before training.
 *
 * @param split of the rows
 * @param model with random parameters
 * @param random where to draw the order of the rows from, for each epoch
 */
record TrainingStart(Split split, LogisticRegression model, RandomNumbers random) {
    static TrainingStart random(int rows, long seed) {
        RandomNumbers random = new RandomNumbers(seed);
        Split split = Split.random(rows, random);
        return new TrainingStart(split, LogisticRegression.random(Digits.PIXELS, Digits.CLASSES, random), random);
    }

    /** The order for the next epoch: positions within the training rows. */
    int[] nextOrder() {
        return Permutation.random(split.training().length, random);
    }
}
