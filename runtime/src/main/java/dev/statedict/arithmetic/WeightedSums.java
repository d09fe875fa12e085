package dev.statedict.arithmetic;

import dev.statedict.tensor.Tensor;
import java.util.Arrays;

/** Weighted sums in double precision, block by block: a block's sums stay in the nearest cache while all arrays are added to them. */
final class WeightedSums {
    private static final int BLOCK = 1 << 10;
    /**
     * As many machines as are customary, for which there is a loop of its own: over arrays of 16 MB on JDK 17 it takes 16 ms on one thread,
     * array by array 51 ms, and reading them 8 to 10 ms.
     */
    private static final int EIGHT = 8;

    private final double[] weights;
    private final double total;
    private final float[][] floats;
    private final double[][] doubles;
    private final int[] offsets;
    /** For whatever is computed in one piece, such as rows one after the other. */
    private final double[] block = new double[BLOCK];

    WeightedSums(double[] weights, double total) {
        this.weights = weights;
        this.total = total;
        this.floats = new float[weights.length][];
        this.doubles = new double[weights.length][];
        this.offsets = new int[weights.length];
    }

    /** Writes the sums divided by the total; all tensors are contiguous, on one array and of one type. */
    void write(Tensor target, Tensor[] given) {
        for (int i = 0; i < given.length; i++) {
            offsets[i] = given[i].storageOffset();
            Object array = Pairs.TENSORS.array(given[i], 0);
            if (array instanceof float[] elements) {
                floats[i] = elements;
            } else {
                doubles[i] = (double[]) array;
            }
        }
        Object array = Pairs.TENSORS.array(target, 0);
        int to = target.storageOffset();
        int numel = target.numel();
        // several pieces may be under way at once
        Pieces.run(numel, (start, count) -> write(array, to, start, count, count == numel ? block : new double[BLOCK]));
    }

    private void write(Object array, int to, int start, int length, double[] sums) {
        if (weights.length == EIGHT && array instanceof float[] elements && allStandAt(to)) {
            meanOfEight(floats, weights, total, elements, to + start, to + start + length);
            return;
        }
        for (int done = start; done < start + length; done += BLOCK) {
            int count = Math.min(BLOCK, start + length - done);
            // the sum of negative zeros alone is a negative zero
            Arrays.fill(sums, 0, count, -0.0);
            if (array instanceof float[] elements) {
                for (int i = 0; i < weights.length; i++) {
                    add(sums, count, weights[i], floats[i], offsets[i] + done);
                }
                divide(sums, count, total, elements, to + done);
            } else {
                for (int i = 0; i < weights.length; i++) {
                    add(sums, count, weights[i], doubles[i], offsets[i] + done);
                }
                divide(sums, count, total, (double[]) array, to + done);
            }
        }
    }

    private boolean allStandAt(int offset) {
        return Arrays.stream(offsets).allMatch(other -> other == offset);
    }

    private static void add(double[] sums, int count, double weight, float[] x, int at) {
        for (int i = 0; i < count; i++) {
            sums[i] = Math.fma(weight, x[at + i], sums[i]);
        }
    }

    private static void add(double[] sums, int count, double weight, double[] x, int at) {
        for (int i = 0; i < count; i++) {
            sums[i] = Math.fma(weight, x[at + i], sums[i]);
        }
    }

    /** Sums of eight arrays at the same places, each in a register from beginning to end. */
    private static void meanOfEight(float[][] x, double[] weights, double total, float[] target, int start, int end) {
        float[] a = x[0];
        float[] b = x[1];
        float[] c = x[2];
        float[] d = x[3];
        float[] e = x[4];
        float[] f = x[5];
        float[] g = x[6];
        float[] h = x[7];
        double aw = weights[0];
        double bw = weights[1];
        double cw = weights[2];
        double dw = weights[3];
        double ew = weights[4];
        double fw = weights[5];
        double gw = weights[6];
        double hw = weights[7];
        for (int i = start; i < end; i++) {
            double sum = Math.fma(bw, b[i], aw * a[i]);
            sum = Math.fma(cw, c[i], sum);
            sum = Math.fma(dw, d[i], sum);
            sum = Math.fma(ew, e[i], sum);
            sum = Math.fma(fw, f[i], sum);
            sum = Math.fma(gw, g[i], sum);
            target[i] = (float) (Math.fma(hw, h[i], sum) / total);
        }
    }

    private static void divide(double[] sums, int count, double divisor, float[] target, int to) {
        for (int i = 0; i < count; i++) {
            target[to + i] = (float) (sums[i] / divisor);
        }
    }

    private static void divide(double[] sums, int count, double divisor, double[] target, int to) {
        for (int i = 0; i < count; i++) {
            target[to + i] = sums[i] / divisor;
        }
    }
}
