package dev.statedict.arithmetic;

/** {@code x += (y - x) / count}, where {@code y} is the last of so many: PyTorch's {@code get_swa_avg_fn}. */
record RunningMean(long updates) implements Operation {
    @Override
    public void run(float[] x, int at, float[] y, int from, int count) {
        float parts = updates;
        for (int i = 0; i < count; i++) {
            x[at + i] += (y[from + i] - x[at + i]) / parts;
        }
    }

    @Override
    public void run(double[] x, int at, double[] y, int from, int count) {
        double parts = updates;
        for (int i = 0; i < count; i++) {
            x[at + i] += (y[from + i] - x[at + i]) / parts;
        }
    }
}
