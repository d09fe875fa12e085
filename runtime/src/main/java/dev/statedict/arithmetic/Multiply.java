package dev.statedict.arithmetic;

/** {@code x *= by}, whatever {@code y}. */
record Multiply(double by) implements Operation {
    @Override
    public void run(float[] x, int at, float[] y, int from, int count) {
        float factor = (float) by;
        for (int i = 0; i < count; i++) {
            x[at + i] *= factor;
        }
    }

    @Override
    public void run(double[] x, int at, double[] y, int from, int count) {
        double factor = by;
        for (int i = 0; i < count; i++) {
            x[at + i] *= factor;
        }
    }
}
