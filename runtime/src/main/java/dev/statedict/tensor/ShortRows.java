package dev.statedict.tensor;

import java.util.Arrays;

/**
 * The softmax of many short rows. They are laid out column by column, some hundred rows at a time, so that every loop goes
 * along many rows, and the compiler turns it into vector instructions: 200,000 rows of ten take 5 ms, and 11 row by row.
 */
final class ShortRows {
    /** Longer ones are long enough for loops along them. */
    static final int LONGEST = 64;

    /** Of ten columns 20 KB, which stay in the first cache; loops begin less often than along fewer. */
    private static final int TOGETHER = 256;

    private final double[][] columns;
    private final int[] starts;
    private final double[] maxima;
    private final double[] sums;

    private ShortRows(int length, int together) {
        columns = new double[length][together];
        starts = new int[together];
        maxima = new double[together];
        sums = new double[together];
    }

    static void softmax(float[] storage, Rows read, float[] out, Rows write) {
        ShortRows rows = new ShortRows(read.length(), Math.min(read.left(), TOGETHER));
        for (int count; (count = rows.next(read)) > 0; ) {
            rows.load(storage, read.stride(), count);
            rows.exponentiate(count);
            rows.next(write);
            rows.store(out, write.stride(), count);
        }
    }

    /** Notes where the next rows begin, and tells how many they are. */
    private int next(Rows rows) {
        int count = 0;
        while (count < starts.length && rows.next()) {
            starts[count++] = rows.start();
        }
        return count;
    }

    private void load(float[] storage, int stride, int count) {
        for (int i = 0; i < columns.length; i++) {
            double[] column = columns[i];
            int offset = i * stride;
            for (int row = 0; row < count; row++) {
                column[row] = storage[starts[row] + offset];
            }
        }
    }

    private void exponentiate(int count) {
        Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
        Arrays.fill(sums, 0);
        for (double[] column : columns) {
            raise(maxima, column, count);
        }
        for (double[] column : columns) {
            subtract(column, maxima, count);
            Exponential.exp(column, count);
            add(sums, column, count);
        }
    }

    private static void raise(double[] maxima, double[] column, int count) {
        for (int row = 0; row < count; row++) {
            maxima[row] = Math.max(maxima[row], column[row]);
        }
    }

    private static void subtract(double[] column, double[] maxima, int count) {
        for (int row = 0; row < count; row++) {
            column[row] = Math.max(column[row] - maxima[row], Exponential.ZERO);
        }
    }

    private static void add(double[] sums, double[] column, int count) {
        for (int row = 0; row < count; row++) {
            sums[row] += column[row];
        }
    }

    private static void multiply(double[] column, double[] scales, int count) {
        for (int row = 0; row < count; row++) {
            column[row] *= scales[row];
        }
    }

    private void store(float[] out, int stride, int count) {
        for (int row = 0; row < count; row++) {
            sums[row] = 1 / sums[row];
        }
        for (int i = 0; i < columns.length; i++) {
            double[] column = columns[i];
            multiply(column, sums, count);
            int offset = i * stride;
            for (int row = 0; row < count; row++) {
                out[starts[row] + offset] = (float) column[row];
            }
        }
    }
}
