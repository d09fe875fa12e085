package dev.statedict.tensor;

import java.util.Arrays;

/** Elements of {@code double[]}. */
final class DoubleElements extends Elements.Floating<double[]> {

    DoubleElements() {
        super(double.class, Double.BYTES, double[]::new);
    }

    @Override
    int length(double[] array) {
        return array.length;
    }

    @Override
    double[] copyOfRange(double[] array, int from, int to) {
        return Arrays.copyOfRange(array, from, to);
    }

    @Override
    void copy(double[] source, int from, double[] target, int to, int count) {
        System.arraycopy(source, from, target, to, count);
    }

    @Override
    void copy(double[] source, int from, int step, double[] target, int to, int targetStep, int count) {
        for (int i = 0, in = from, out = to; i < count; i++, in += step, out += targetStep) {
            target[out] = source[in];
        }
    }

    @Override
    void fill(double[] array, int from, int to, double[] value) {
        Arrays.fill(array, from, to, value[0]);
    }

    @Override
    boolean equal(double[] a, int at, double[] b, int otherAt, int count) {
        return Arrays.equals(a, at, at + count, b, otherAt, otherAt + count);
    }

    @Override
    boolean close(double[] a, int at, double[] b, int otherAt, int count, double rtol, double atol) {
        for (int i = 0; i < count; i++) {
            if (!close(a[at + i], b[otherAt + i], rtol, atol)) {
                return false;
            }
        }
        return true;
    }

    private static boolean close(double a, double b, double rtol, double atol) {
        if (a == b) {
            return true;
        }
        double difference = Math.abs(a - b);
        // an infinity is close to itself alone, however large the tolerance grows
        return difference < Double.POSITIVE_INFINITY && difference <= atol + Math.abs(rtol * b);
    }

    @Override
    void read(double[] source, int at, int step, double[] target, int count) {
        for (int i = 0, in = at; i < count; i++, in += step) {
            target[i] = source[in];
        }
    }

    @Override
    int write(double[] source, int count, double[] target, int at, boolean rounding) {
        System.arraycopy(source, 0, target, at, count);
        return count;
    }

    @Override
    int write(long[] source, int count, double[] target, int at, boolean rounding) {
        for (int i = 0; i < count; i++) {
            long exact = source[i];
            double nearest = exact;
            if (!rounding && ((long) nearest != exact || nearest == 0x1p63)) {
                return i;
            }
            target[at + i] = nearest;
        }
        return count;
    }

    @Override
    String text(double[] array, int at) {
        return Double.toString(array[at]);
    }
}
