package dev.statedict.arithmetic;

/** {@code x += alpha * y}, fused as {@code torch.add} is where the processor can. */
record AddScaled(double alpha) implements Operation {
    @Override
    public void run(float[] x, float[] y, int start, int end) {
        float factor = (float) alpha;
        for (int i = start; i < end; i++) {
            x[i] = Math.fma(factor, y[i], x[i]);
        }
    }

    @Override
    public void run(double[] x, double[] y, int start, int end) {
        double factor = alpha;
        for (int i = start; i < end; i++) {
            x[i] = Math.fma(factor, y[i], x[i]);
        }
    }
}
