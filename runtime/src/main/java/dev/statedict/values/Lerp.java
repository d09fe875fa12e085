package dev.statedict.values;

import dev.statedict.tensor.access.FusedMultiplyAdd;

/**
 * {@code x += weight * (y - x)}, in the two forms of {@code torch.lerp}, each exact at its end: from the start below a half, else from
 * the end. Fused, as PyTorch does it where the processor can.
 */
public record Lerp(double weight) implements Operation {
    @Override
    public void run(float[] x, float[] y, int start, int end) {
        float factor = (float) weight;
        if (Math.abs(factor) < 0.5f) {
            fromStart(factor, x, y, start, end);
        } else {
            fromEnd(factor - 1, x, y, start, end);
        }
    }

    private static void fromStart(float factor, float[] x, float[] y, int start, int end) {
        for (int i = start; i < end; i++) {
            x[i] = FusedMultiplyAdd.fma(factor, y[i] - x[i], x[i]);
        }
    }

    private static void fromEnd(float back, float[] x, float[] y, int start, int end) {
        for (int i = start; i < end; i++) {
            x[i] = FusedMultiplyAdd.fma(back, y[i] - x[i], y[i]);
        }
    }

    @Override
    public void run(double[] x, double[] y, int start, int end) {
        if (Math.abs(weight) < 0.5) {
            fromStart(weight, x, y, start, end);
        } else {
            fromEnd(weight - 1, x, y, start, end);
        }
    }

    private static void fromStart(double factor, double[] x, double[] y, int start, int end) {
        for (int i = start; i < end; i++) {
            x[i] = Math.fma(factor, y[i] - x[i], x[i]);
        }
    }

    private static void fromEnd(double back, double[] x, double[] y, int start, int end) {
        for (int i = start; i < end; i++) {
            x[i] = Math.fma(back, y[i] - x[i], y[i]);
        }
    }
}
