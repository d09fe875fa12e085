package dev.statedict.tensor;

import java.util.Arrays;

/** Elements of {@code int[]}. */
final class IntElements extends Elements.Integral<int[]> {

    @Override
    Class<?> component() {
        return int.class;
    }

    @Override
    int size() {
        return Integer.BYTES;
    }

    @Override
    int[] newArray(int length) {
        return new int[length];
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
    void fill(int[] array, int at, int step, int count, int[] value) {
        int one = value[0];
        if (step == 1) {
            Arrays.fill(array, at, at + count, one);
            return;
        }
        for (int i = 0, out = at; i < count; i++, out += step) {
            array[out] = one;
        }
    }

    @Override
    boolean equal(int[] a, int at, int step, int[] b, int otherAt, int otherStep, int count) {
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
    boolean close(int[] a, int at, int step, int[] b, int otherAt, int otherStep, int count, double rtol, double atol) {
        for (int i = 0, in = at, other = otherAt; i < count; i++, in += step, other += otherStep) {
            // PyTorch, too, computes this in float32
            if (a[in] != b[other] && !FloatElements.close(a[in], b[other], (float) rtol, (float) atol)) {
                return false;
            }
        }
        return true;
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

    @Override
    String text(int[] array, int at) {
        return Integer.toString(array[at]);
    }

    @Override
    ElementTexts texts(int[] shown) {
        return ElementTexts.of(Arrays.stream(shown).mapToObj(Integer::toString));
    }
}
