package dev.statedict.arithmetic;

/** {@code x += (y - x) / count}, where {@code y} is the last of so many: PyTorch's {@code get_swa_avg_fn}. */
record RunningMean(long updates) implements Operation {
    @Override
    public void run(float[] x, float[] y, int start, int end) {
        float parts = updates;
        for (int i = start; i < end; i++) {
            x[i] += (y[i] - x[i]) / parts;
        }
    }

    @Override
    public void run(double[] x, double[] y, int start, int end) {
        double parts = updates;
        for (int i = start; i < end; i++) {
            x[i] += (y[i] - x[i]) / parts;
        }
    }
}
