package dev.statedict.arithmetic;

/** The sum of products, in double precision. Four sums at a time, for one alone waits for each addition to end. */
final class DotProduct implements Operation {
    private double sum;

    double sum() {
        return sum;
    }

    @Override
    public void run(float[] x, int at, float[] y, int from, int count) {
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
        sum += (a + b) + (c + d);
    }

    @Override
    public void run(double[] x, int at, double[] y, int from, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i < count - 3; i += 4) {
            a += x[at + i] * y[from + i];
            b += x[at + i + 1] * y[from + i + 1];
            c += x[at + i + 2] * y[from + i + 2];
            d += x[at + i + 3] * y[from + i + 3];
        }
        for (; i < count; i++) {
            a += x[at + i] * y[from + i];
        }
        sum += (a + b) + (c + d);
    }
}
