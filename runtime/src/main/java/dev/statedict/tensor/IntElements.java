package dev.statedict.tensor;

import java.util.Arrays;

/** Elements of {@code int[]}. */
final class IntElements extends Elements.Integral<int[]> {

    IntElements() {
        super(int.class, Integer.BYTES, int[]::new);
    }

    @Override
    int length(int[] array) {
        return array.length;
    }

    @Override
    int[] copyOfRange(int[] array, int from, int to) {
        return Arrays.copyOfRange(array, from, to);
    }

    @Override
    void copy(int[] source, int from, int[] target, int to, int count) {
        System.arraycopy(source, from, target, to, count);
    }

    @Override
    void copy(int[] source, int from, int step, int[] target, int to, int targetStep, int count) {
        for (int i = 0, in = from, out = to; i < count; i++, in += step, out += targetStep) {
            target[out] = source[in];
        }
    }

    @Override
    void fill(int[] array, int from, int to, int[] value) {
        Arrays.fill(array, from, to, value[0]);
    }

    @Override
    boolean equal(int[] a, int at, int[] b, int otherAt, int count) {
        return Arrays.equals(a, at, at + count, b, otherAt, otherAt + count);
    }

    @Override
    void read(int[] source, int at, int step, long[] target, int count) {
        for (int i = 0, in = at; i < count; i++, in += step) {
            target[i] = source[in];
        }
    }

    @Override
    int write(double[] source, int count, int[] target, int at, boolean rounding) {
        for (int i = 0; i < count; i++) {
            int whole = (int) source[i];
            if (whole != source[i]) {
                return i;
            }
            target[at + i] = whole;
        }
        return count;
    }

    @Override
    int write(long[] source, int count, int[] target, int at, boolean rounding) {
        for (int i = 0; i < count; i++) {
            int whole = (int) source[i];
            if (whole != source[i]) {
                return i;
            }
            target[at + i] = whole;
        }
        return count;
    }
}
