package dev.statedict.tensor;

import java.util.Arrays;

/** Elements of {@code long[]}. */
final class LongElements extends Elements.Integral<long[]> {

    @Override
    Class<?> component() {
        return long.class;
    }

    @Override
    int size() {
        return Long.BYTES;
    }

    @Override
    long[] newArray(int length) {
        return new long[length];
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
    void fill(long[] array, int at, int step, int count, long[] value) {
        long one = value[0];
        if (step == 1) {
            Arrays.fill(array, at, at + count, one);
            return;
        }
        for (int i = 0, out = at; i < count; i++, out += step) {
            array[out] = one;
        }
    }

    @Override
    boolean equal(long[] a, int at, int step, long[] b, int otherAt, int otherStep, int count) {
        if (step == 1 && otherStep == 1) {
            return Arrays.equals(a, at, at + count, b, otherAt, otherAt + count);
        }
        for (int i = 0, in = at, other = otherAt; i < count; i++, in += step, other += otherStep) {
            if (a[in] != b[other]) {
                return false;
            }
        }
        return true;
    }

    @Override
    boolean close(
            long[] a, int at, int step, long[] b, int otherAt, int otherStep, int count, double rtol, double atol) {
        for (int i = 0, in = at, other = otherAt; i < count; i++, in += step, other += otherStep) {
            // PyTorch, too, computes this in float32
            if (a[in] != b[other] && !FloatElements.close(a[in], b[other], (float) rtol, (float) atol)) {
                return false;
            }
        }
        return true;
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

    @Override
    String text(long[] array, int at) {
        return Long.toString(array[at]);
    }

    @Override
    ElementTexts texts(long[] shown) {
        return ElementTexts.of(Arrays.stream(shown).mapToObj(Long::toString));
    }
}
