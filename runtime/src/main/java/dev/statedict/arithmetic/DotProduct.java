package dev.statedict.arithmetic;

import dev.statedict.values.Operation;

/** The sum of products, in double precision. Four sums at a time, for one alone waits for each addition to end. */
final class DotProduct implements Operation {
    private double sum;

    double sum() {
        return sum;
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public void run(float[] x, float[] y, int start, int end) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = start;
        for (; i < end - 3; i += 4) {
            a += (double) x[i] * y[i];
            b += (double) x[i + 1] * y[i + 1];
            c += (double) x[i + 2] * y[i + 2];
            d += (double) x[i + 3] * y[i + 3];
        }
        for (; i < end; i++) {
            a += (double) x[i] * y[i];
        }
        sum += (a + b) + (c + d);
    }

    @Override
    public void run(double[] x, double[] y, int start, int end) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = start;
        for (; i < end - 3; i += 4) {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }
        for (; i < end; i++) {
            a += x[i] * y[i];
        }
        sum += (a + b) + (c + d);
    }
}
