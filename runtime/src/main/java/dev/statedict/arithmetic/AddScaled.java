package dev.statedict.arithmetic;

/** {@code x += alpha * y}, fused as {@code torch.add} is where the processor can. */
record AddScaled(double alpha) implements Operation {
    @Override
    public void run(float[] x, int at, float[] y, int from, int count) {
        float factor = (float) alpha;
        for (int i = 0; i < count; i++) {
            x[at + i] = Math.fma(factor, y[from + i], x[at + i]);
        }
    }

    @Override
    public void run(double[] x, int at, double[] y, int from, int count) {
        double factor = alpha;
        for (int i = 0; i < count; i++) {
            x[at + i] = Math.fma(factor, y[from + i], x[at + i]);
        }
    }
}
