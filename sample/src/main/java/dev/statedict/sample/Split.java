package dev.statedict.sample;

import java.util.Arrays;
import java.util.Random;

/**
 * Which rows are learned from, which tell when to stop, and which are looked at only in the end.
 *
 * @param training 70 % of the rows
 * @param validation half of the others
 * @param test the rest
 */
record Split(int[] training, int[] validation, int[] test) {
    /** The fewest rows of which each part gets one. */
    static final int FEWEST_ROWS = 6;

    static Split random(int rows, Random random) {
        int[] order = Permutation.random(rows, random);
        int training = Math.round(rows * 0.7f);
        int validation = training + (rows - training) / 2;
        return new Split(
                Arrays.copyOfRange(order, 0, training),
                Arrays.copyOfRange(order, training, validation),
                Arrays.copyOfRange(order, validation, rows));
    }
}
