package dev.statedict.arithmetic;

/**
 * {@code x += weight * (y - x)}, in the two forms of {@code torch.lerp}, each exact at its end: from the start below a half, else from
 * the end. Fused, as PyTorch does it where the processor can.
 */
record Lerp(double weight) implements Operation {
    @Override
    public void run(float[] x, int at, float[] y, int from, int count) {
        float factor = (float) weight;
        if (Math.abs(factor) < 0.5f) {
            fromStart(factor, x, at, y, from, count);
        } else {
            fromEnd(factor - 1, x, at, y, from, count);
        }
    }

    private static void fromStart(float factor, float[] x, int at, float[] y, int from, int count) {
        for (int i = 0; i < count; i++) {
            x[at + i] = Math.fma(factor, y[from + i] - x[at + i], x[at + i]);
        }
    }

    private static void fromEnd(float back, float[] x, int at, float[] y, int from, int count) {
        for (int i = 0; i < count; i++) {
            x[at + i] = Math.fma(back, y[from + i] - x[at + i], y[from + i]);
        }
    }

    @Override
    public void run(double[] x, int at, double[] y, int from, int count) {
        if (Math.abs(weight) < 0.5) {
            fromStart(weight, x, at, y, from, count);
        } else {
            fromEnd(weight - 1, x, at, y, from, count);
        }
    }

    private static void fromStart(double factor, double[] x, int at, double[] y, int from, int count) {
        for (int i = 0; i < count; i++) {
            x[at + i] = Math.fma(factor, y[from + i] - x[at + i], x[at + i]);
        }
    }

    private static void fromEnd(double back, double[] x, int at, double[] y, int from, int count) {
        for (int i = 0; i < count; i++) {
            x[at + i] = Math.fma(back, y[from + i] - x[at + i], y[from + i]);
        }
    }
}
