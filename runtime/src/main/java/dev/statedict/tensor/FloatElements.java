package dev.statedict.tensor;

import java.util.Arrays;

/** Elements of {@code float[]}. */
final class FloatElements extends Elements.Floating<float[]> {

    FloatElements() {
        super(float.class, Float.BYTES, float[]::new);
    }

    @Override
    int length(float[] array) {
        return array.length;
    }

    @Override
    float[] copyOfRange(float[] array, int from, int to) {
        return Arrays.copyOfRange(array, from, to);
    }

    @Override
    void copy(float[] source, int from, float[] target, int to, int count) {
        System.arraycopy(source, from, target, to, count);
    }

    @Override
    void copy(float[] source, int from, int step, float[] target, int to, int targetStep, int count) {
        for (int i = 0, in = from, out = to; i < count; i++, in += step, out += targetStep) {
            target[out] = source[in];
        }
    }

    @Override
    void fill(float[] array, int from, int to, float[] value) {
        Arrays.fill(array, from, to, value[0]);
    }

    @Override
    boolean equal(float[] a, int at, float[] b, int otherAt, int count) {
        return Arrays.equals(a, at, at + count, b, otherAt, otherAt + count);
    }

    @Override
    boolean close(float[] a, int at, float[] b, int otherAt, int count, double rtol, double atol) {
        for (int i = 0; i < count; i++) {
            if (!close(a[at + i], b[otherAt + i], (float) rtol, (float) atol)) {
                return false;
            }
        }
        return true;
    }

    static boolean close(float a, float b, float rtol, float atol) {
        if (a == b) {
            return true;
        }
        float difference = Math.abs(a - b);
        // an infinity is close to itself alone, however large the tolerance grows
        return difference < Float.POSITIVE_INFINITY && difference <= atol + Math.abs(rtol * b);
    }

    @Override
    void read(float[] source, int at, int step, double[] target, int count) {
        for (int i = 0, in = at; i < count; i++, in += step) {
            target[i] = source[in];
        }
    }

    @Override
    int write(double[] source, int count, float[] target, int at, boolean rounding) {
        for (int i = 0; i < count; i++) {
            double exact = source[i];
            float nearest = (float) exact;
            if (rounding
                    ? Float.isInfinite(nearest) && !Double.isInfinite(exact)
                    : nearest != exact && !Double.isNaN(exact)) {
                return i;
            }
            target[at + i] = nearest;
        }
        return count;
    }

    @Override
    int write(long[] source, int count, float[] target, int at, boolean rounding) {
        for (int i = 0; i < count; i++) {
            long exact = source[i];
            float nearest = exact;
            if (!rounding && ((long) nearest != exact || nearest == 0x1p63f)) {
                return i;
            }
            target[at + i] = nearest;
        }
        return count;
    }

    @Override
    String text(float[] array, int at) {
        return Float.toString(array[at]);
    }
}
