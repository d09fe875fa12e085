package dev.statedict.tensor;

import java.util.Arrays;

/** Elements of {@code double[]}. */
final class DoubleElements extends Elements.Floating<double[]> {

    @Override
    Class<?> component() {
        return double.class;
    }

    @Override
    int size() {
        return Double.BYTES;
    }

    @Override
    double[] newArray(int length) {
        return new double[length];
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
    void fill(double[] array, int at, int step, int count, double[] value) {
        double one = value[0];
        if (step == 1) {
            Arrays.fill(array, at, at + count, one);
            return;
        }
        for (int i = 0, out = at; i < count; i++, out += step) {
            array[out] = one;
        }
    }

    @Override
    boolean equal(double[] a, int at, int step, double[] b, int otherAt, int otherStep, int count) {
        if (step == 1 && otherStep == 1) {
            return Arrays.equals(a, at, at + count, b, otherAt, otherAt + count);
        }
        for (int i = 0, in = at, other = otherAt; i < count; i++, in += step, other += otherStep) {
            if (Double.doubleToLongBits(a[in]) != Double.doubleToLongBits(b[other])) {
                return false;
            }
        }
        return true;
    }

    @Override
    boolean close(
            double[] a, int at, int step, double[] b, int otherAt, int otherStep, int count, double rtol, double atol) {
        for (int i = 0, in = at, other = otherAt; i < count; i++, in += step, other += otherStep) {
            if (!close(a[in], b[other], rtol, atol)) {
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
