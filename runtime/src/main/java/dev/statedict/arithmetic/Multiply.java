package dev.statedict.arithmetic;

/** {@code x *= by}, whatever {@code y}. */
record Multiply(double by) implements Operation {
    @Override
    public void run(float[] x, float[] y, int start, int end) {
        float factor = (float) by;
        for (int i = start; i < end; i++) {
            x[i] *= factor;
        }
    }

    @Override
    public void run(double[] x, double[] y, int start, int end) {
        double factor = by;
        for (int i = start; i < end; i++) {
            x[i] *= factor;
        }
    }
}
