package dev.statedict.spark;

import java.io.Serializable;

/**
 * The sum over the blocks below one node of a binary tree whose leaves are all blocks in order: node {@code index} of level
 * {@code level} covers the blocks from {@code index << level} on, {@code 1 << level} of them. A class and no record, for Kryo cannot
 * write a record's fields.
 */
final class SubtreeSum implements Serializable {
    private static final long serialVersionUID = 1;

    final int level;
    final long index;
    final double loss;
    final double weight;
    final long rows;
    /** The gradient as one vector, {@code float[]} or {@code double[]}; the sum with a sibling is written to the left one's. */
    final Serializable gradient;

    SubtreeSum(int level, long index, double loss, double weight, long rows, Serializable gradient) {
        this.level = level;
        this.index = index;
        this.loss = loss;
        this.weight = weight;
        this.rows = rows;
        this.gradient = gradient;
    }

    boolean isLeft() {
        return (index & 1) == 0;
    }

    /** The sum of this and of what stands to the right of it, as a node of the given level; takes this one's gradient. */
    SubtreeSum plus(SubtreeSum right, int sumLevel) {
        add(gradient, right.gradient);
        return new SubtreeSum(
                sumLevel, index >> 1, loss + right.loss, weight + right.weight, rows + right.rows, gradient);
    }

    private static void add(Object left, Object right) {
        if (left instanceof float[] sum) {
            float[] other = (float[]) right;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += other[i];
            }
        } else {
            double[] sum = (double[]) left;
            double[] other = (double[]) right;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += other[i];
            }
        }
    }
}
