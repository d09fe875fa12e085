package dev.statedict.arithmetic;

/** Loops over {@code float} arrays that compilers make vector instructions of. Each is a method of its own, for so it is compiled best. */
final class FloatElements {
    private FloatElements() {}

    /** {@code x = fma(factor, y - x, x)}: {@code torch.lerp} for weights below a half. */
    static void moveFromStart(float factor, float[] x, int at, float[] y, int from, int count) {
        for (int i = 0; i < count; i++) {
            float start = x[at + i];
            x[at + i] = Math.fma(factor, y[from + i] - start, start);
        }
    }

    /** {@code x = fma(factor - 1, y - x, y)}: {@code torch.lerp} for the other weights, exact at 1. */
    static void moveFromEnd(float factor, float[] x, int at, float[] y, int from, int count) {
        float back = factor - 1;
        for (int i = 0; i < count; i++) {
            float end = y[from + i];
            x[at + i] = Math.fma(back, end - x[at + i], end);
        }
    }

    /** {@code x = fma(factor, y, x)}: {@code torch.add} with {@code alpha}. */
    static void add(float factor, float[] x, int at, float[] y, int from, int count) {
        for (int i = 0; i < count; i++) {
            x[at + i] = Math.fma(factor, y[from + i], x[at + i]);
        }
    }

    /** {@code x = x + (y - x) / count}: a plain running mean, as PyTorch's {@code get_swa_avg_fn}. */
    static void moveByPart(float parts, float[] x, int at, float[] y, int from, int count) {
        for (int i = 0; i < count; i++) {
            x[at + i] += (y[from + i] - x[at + i]) / parts;
        }
    }

    static void multiply(float factor, float[] x, int at, int count) {
        for (int i = 0; i < count; i++) {
            x[at + i] *= factor;
        }
    }

    /** The sum of products in double precision; four sums, for one alone waits for each addition to end. */
    static double dot(float[] x, int at, float[] y, int from, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i < count - 3; i += 4) {
            a += (double) x[at + i] * y[from + i];
            b += (double) x[at + i + 1] * y[from + i + 1];
            c += (double) x[at + i + 2] * y[from + i + 2];
            d += (double) x[at + i + 3] * y[from + i + 3];
        }
        for (; i < count; i++) {
            a += (double) x[at + i] * y[from + i];
        }
        return (a + b) + (c + d);
    }

    /** Adds a multiple of one array to sums. */
    static void addTo(double[] sums, int count, double weight, float[] x, int at) {
        for (int i = 0; i < count; i++) {
            sums[i] += weight * x[at + i];
        }
    }

    /**
     * Adds multiples of eight arrays to sums, one after the other. Eight at a time, because the sums are then read and written once for
     * all eight: over arrays of 16 MB the mean of eight took 11 ms so, and 60 ms array by array, where reading them took 8 ms.
     */
    static void addEightTo(double[] sums, int count, double[] weights, float[][] x, int[] at, int done, int first) {
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

    /** Writes sums, divided, to an array. */
    static void divide(double[] sums, int count, double divisor, float[] target, int to) {
        for (int i = 0; i < count; i++) {
            target[to + i] = (float) (sums[i] / divisor);
        }
    }
}
