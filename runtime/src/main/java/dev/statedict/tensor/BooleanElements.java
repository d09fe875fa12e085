package dev.statedict.tensor;

import java.util.Arrays;

/** Elements of {@code boolean[]}. As numbers they are 0 and 1. */
final class BooleanElements extends Elements.Integral<boolean[]> {

    BooleanElements() {
        super(boolean.class, 1, boolean[]::new);
    }

    @Override
    int length(boolean[] array) {
        return array.length;
    }

    @Override
    boolean[] copyOfRange(boolean[] array, int from, int to) {
        return Arrays.copyOfRange(array, from, to);
    }

    @Override
    void copy(boolean[] source, int from, boolean[] target, int to, int count) {
        System.arraycopy(source, from, target, to, count);
    }

    @Override
    void copy(boolean[] source, int from, int step, boolean[] target, int to, int targetStep, int count) {
        for (int i = 0, in = from, out = to; i < count; i++, in += step, out += targetStep) {
            target[out] = source[in];
        }
    }

    @Override
    void fill(boolean[] array, int from, int to, boolean[] value) {
        Arrays.fill(array, from, to, value[0]);
    }

    @Override
    boolean equal(boolean[] a, int at, boolean[] b, int otherAt, int count) {
        return Arrays.equals(a, at, at + count, b, otherAt, otherAt + count);
    }

    @Override
    void read(boolean[] source, int at, int step, long[] target, int count) {
        for (int i = 0, in = at; i < count; i++, in += step) {
            target[i] = source[in] ? 1 : 0;
        }
    }

    @Override
    int write(double[] source, int count, boolean[] target, int at, boolean rounding) {
        for (int i = 0; i < count; i++) {
            double number = source[i];
            if (number != 0 && number != 1) {
                return i;
            }
            target[at + i] = number == 1;
        }
        return count;
    }

    @Override
    int write(long[] source, int count, boolean[] target, int at, boolean rounding) {
        for (int i = 0; i < count; i++) {
            long number = source[i];
            if (number != 0 && number != 1) {
                return i;
            }
            target[at + i] = number == 1;
        }
        return count;
    }

    @Override
    String text(boolean[] array, int at) {
        return Boolean.toString(array[at]);
    }

    @Override
    String shownText(boolean[] array, int at) {
        return array[at] ? "True" : "False";
    }
}
