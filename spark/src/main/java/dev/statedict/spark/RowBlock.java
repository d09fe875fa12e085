package dev.statedict.spark;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows that stand side by side: features as a matrix, labels, and weights where there are any. To be read alone: an executor keeps
 * blocks and gives them to task after task.
 */
public final class RowBlock implements Serializable {
    private static final long serialVersionUID = 1;

    private final long index;
    private final long firstRow;
    private final int rows;
    private final int width;
    private final Serializable features; // float[] or double[], row-major
    private final double[] labels;
    private final double @Nullable [] weights;

    RowBlock(
            long index,
            long firstRow,
            int rows,
            int width,
            Serializable features,
            double[] labels,
            double @Nullable [] weights) {
        this.index = index;
        this.firstRow = firstRow;
        this.rows = rows;
        this.width = width;
        this.features = features;
        this.labels = labels;
        this.weights = weights;
    }

    /**
     * Rows in this process as blocks, for the same training without Spark.
     *
     * @param features {@code [rows, width]}, F32 or F64, copied
     * @param labels one a row, copied
     * @param blockRows the rows of a block; the last may be smaller
     * @return the blocks in order
     * @throws IllegalArgumentException when there are not as many labels as rows
     */
    public static List<RowBlock> split(Tensor features, double[] labels, int blockRows) {
        if (features.dim() != 2 || features.size(0) != labels.length) {
            throw new IllegalArgumentException("features of shape " + Arrays.toString(features.shape()) + " and "
                    + labels.length + " labels are no rows; give [rows, width] and as many labels");
        }
        List<RowBlock> blocks = new ArrayList<>();
        for (int start = 0; start < labels.length; start += blockRows) {
            int rows = Math.min(blockRows, labels.length - start);
            Tensor part = features.narrow(0, start, rows);
            blocks.add(new RowBlock(
                    blocks.size(),
                    start,
                    rows,
                    features.size(1),
                    features.elementType() == ElementType.F64 ? part.toDoubleArray() : part.toArray(),
                    Arrays.copyOfRange(labels, start, start + rows),
                    null));
        }
        return List.copyOf(blocks);
    }

    /**
     * Which block it is.
     *
     * @return from 0
     */
    public long index() {
        return index;
    }

    /**
     * The number of its first row among all rows.
     *
     * @return from 0
     */
    public long firstRow() {
        return firstRow;
    }

    /**
     * How many rows it has.
     *
     * @return 1 or more
     */
    public int rows() {
        return rows;
    }

    /**
     * How many features a row has.
     *
     * @return the width
     */
    public int width() {
        return width;
    }

    /**
     * The features.
     *
     * @return {@code [rows, width]}, F32 or F64, on the block's own array, not to be written
     */
    public Tensor features() {
        return features instanceof float[] floats
                ? Tensor.wrap(floats, rows, width)
                : Tensor.wrap((double[]) features, rows, width);
    }

    /**
     * The label of a row.
     *
     * @param row from 0
     * @return as it stands in the column
     */
    public double label(int row) {
        return labels[row];
    }

    /**
     * The labels as classes.
     *
     * @param count how many classes there are
     * @return one a row, from 0 to {@code count - 1}, in a new array
     * @throws IllegalArgumentException naming the first row whose label is none of them
     */
    public int[] classes(int count) {
        int[] classes = new int[rows];
        for (int row = 0; row < rows; row++) {
            classes[row] = (int) labels[row];
            if (classes[row] != labels[row] || classes[row] < 0 || classes[row] >= count) {
                throw new IllegalArgumentException("row " + (firstRow + row) + " has label " + labels[row]
                        + ", which is none of the " + count + " classes 0 to " + (count - 1)
                        + "; count the classes anew, or index the labels (StringIndexer)");
            }
        }
        return classes;
    }

    double greatestLabel() {
        double greatest = labels[0];
        for (double label : labels) {
            greatest = Math.max(greatest, label);
        }
        return greatest;
    }

    /**
     * The weight of a row.
     *
     * @param row from 0
     * @return 1 where rows have no weights
     */
    public double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    /**
     * The sum of the weights.
     *
     * @return the number of rows where they have no weights
     */
    public double totalWeight() {
        if (weights == null) {
            return rows;
        }
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }
}
