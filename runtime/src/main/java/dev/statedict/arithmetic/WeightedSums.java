package dev.statedict.arithmetic;

import dev.statedict.tensor.Tensor;
import java.util.Arrays;

/** Weighted sums in double precision, block by block: a block's sums stay in the nearest cache while all arrays are added to them. */
final class WeightedSums {
    private static final int BLOCK = 1 << 10;
    /**
     * So many arrays at a time, because the sums are then read and written once for all of them: over arrays of 16 MB the mean of eight
     * took 11 ms so, and 60 ms array by array, where reading them took 8 ms.
     */
    private static final int AT_A_TIME = 8;

    private final double[] weights;
    private final double total;
    private final double[] sums = new double[BLOCK];
    private final float[][] floats;
    private final double[][] doubles;
    private final int[] offsets;

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
        for (int done = 0; done < target.numel(); done += BLOCK) {
            int count = Math.min(BLOCK, target.numel() - done);
            // the sum of negative zeros alone is a negative zero
            Arrays.fill(sums, 0, count, -0.0);
            int to = target.storageOffset() + done;
            if (array instanceof float[] elements) {
                addFloats(done, count);
                divide(sums, count, total, elements, to);
            } else {
                for (int i = 0; i < weights.length; i++) {
                    add(sums, count, weights[i], doubles[i], offsets[i] + done);
                }
                divide(sums, count, total, (double[]) array, to);
            }
        }
    }

    private void addFloats(int done, int count) {
        int i = 0;
        for (; i + AT_A_TIME <= weights.length; i += AT_A_TIME) {
            addEight(sums, count, weights, floats, offsets, done, i);
        }
        for (; i < weights.length; i++) {
            add(sums, count, weights[i], floats[i], offsets[i] + done);
        }
    }

    private static void add(double[] sums, int count, double weight, float[] x, int at) {
        for (int i = 0; i < count; i++) {
            sums[i] += weight * x[at + i];
        }
    }

    private static void add(double[] sums, int count, double weight, double[] x, int at) {
        for (int i = 0; i < count; i++) {
            sums[i] += weight * x[at + i];
        }
    }

    private static void addEight(
            double[] sums, int count, double[] weights, float[][] x, int[] at, int done, int first) {
        float[] a = x[first];
        float[] b = x[first + 1];
        float[] c = x[first + 2];
        float[] d = x[first + 3];
        float[] e = x[first + 4];
        float[] f = x[first + 5];
        float[] g = x[first + 6];
        float[] h = x[first + 7];
        int ai = at[first] + done;
        int bi = at[first + 1] + done;
        int ci = at[first + 2] + done;
        int di = at[first + 3] + done;
        int ei = at[first + 4] + done;
        int fi = at[first + 5] + done;
        int gi = at[first + 6] + done;
        int hi = at[first + 7] + done;
        double aw = weights[first];
        double bw = weights[first + 1];
        double cw = weights[first + 2];
        double dw = weights[first + 3];
        double ew = weights[first + 4];
        double fw = weights[first + 5];
        double gw = weights[first + 6];
        double hw = weights[first + 7];
        for (int i = 0; i < count; i++) {
            double sum = sums[i] + aw * a[ai + i];
            sum += bw * b[bi + i];
            sum += cw * c[ci + i];
            sum += dw * d[di + i];
            sum += ew * e[ei + i];
            sum += fw * f[fi + i];
            sum += gw * g[gi + i];
            sums[i] = sum + hw * h[hi + i];
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
