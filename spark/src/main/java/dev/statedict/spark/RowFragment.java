package dev.statedict.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows of one input partition, side by side: a part of a block, or of several before it is cut. A class and no record, for Kryo. */
final class RowFragment implements Serializable {
    private static final long serialVersionUID = 1;

    /** The number of the first row: within the input partition before it is cut, among all rows after. */
    final long firstRow;

    final int rows;
    final int width;
    final Serializable features; // float[] or double[], row-major
    final double[] labels;
    final double @Nullable [] weights;

    RowFragment(
            long firstRow, int rows, int width, Serializable features, double[] labels, double @Nullable [] weights) {
        this.firstRow = firstRow;
        this.rows = rows;
        this.width = width;
        this.features = features;
        this.labels = labels;
        this.weights = weights;
    }

    /** Some of the rows, which from now on are numbered from {@code newFirstRow} on. */
    RowFragment cut(int from, int to, long newFirstRow) {
        if (from == 0 && to == rows) {
            return new RowFragment(newFirstRow, rows, width, features, labels, weights);
        }
        return new RowFragment(
                newFirstRow,
                to - from,
                width,
                features instanceof float[] floats
                        ? Arrays.copyOfRange(floats, from * width, to * width)
                        : Arrays.copyOfRange((double[]) features, from * width, to * width),
                Arrays.copyOfRange(labels, from, to),
                weights == null ? null : Arrays.copyOfRange(weights, from, to));
    }
}
