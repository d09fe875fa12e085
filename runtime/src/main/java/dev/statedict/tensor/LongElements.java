package dev.statedict.tensor;

import java.util.Arrays;

/** Elements of {@code long[]}. */
final class LongElements extends Elements.Integral<long[]> {

    LongElements() {
        super(long.class, Long.BYTES, long[]::new);
    }

    @Override
    int length(long[] array) {
        return array.length;
    }

    @Override
    long[] copyOfRange(long[] array, int from, int to) {
        return Arrays.copyOfRange(array, from, to);
    }

    @Override
    void copy(long[] source, int from, long[] target, int to, int count) {
        System.arraycopy(source, from, target, to, count);
    }

    @Override
    void copy(long[] source, int from, int step, long[] target, int to, int targetStep, int count) {
        for (int i = 0, in = from, out = to; i < count; i++, in += step, out += targetStep) {
            target[out] = source[in];
        }
    }

    @Override
    void fill(long[] array, int from, int to, long[] value) {
        Arrays.fill(array, from, to, value[0]);
    }

    @Override
    boolean equal(long[] a, int at, long[] b, int otherAt, int count) {
        return Arrays.equals(a, at, at + count, b, otherAt, otherAt + count);
    }

    @Override
    void read(long[] source, int at, int step, long[] target, int count) {
        for (int i = 0, in = at; i < count; i++, in += step) {
            target[i] = source[in];
        }
    }

    @Override
    int write(double[] source, int count, long[] target, int at, boolean rounding) {
        for (int i = 0; i < count; i++) {
            long whole = (long) source[i];
            if (whole != source[i] || source[i] == 0x1p63) {
                return i;
            }
            target[at + i] = whole;
        }
        return count;
    }

    @Override
    int write(long[] source, int count, long[] target, int at, boolean rounding) {
        System.arraycopy(source, 0, target, at, count);
        return count;
    }
}
