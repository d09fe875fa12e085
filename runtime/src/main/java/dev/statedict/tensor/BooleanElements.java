package dev.statedict.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Elements of {@code boolean[]}. As numbers they are 0 and 1. */
final class BooleanElements extends Elements.Integral<boolean[]> {

    @Override
    Class<?> component() {
        return boolean.class;
    }

    @Override
    int size() {
        return 1;
    }

    @Override
    boolean[] newArray(int length) {
        return new boolean[length];
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
    void fill(boolean[] array, int at, int step, int count, boolean[] value) {
        boolean one = value[0];
        if (step == 1) {
            Arrays.fill(array, at, at + count, one);
            return;
        }
        for (int i = 0, out = at; i < count; i++, out += step) {
            array[out] = one;
        }
    }

    @Override
    boolean equal(boolean[] a, int at, int step, boolean[] b, int otherAt, int otherStep, int count) {
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
            boolean[] a,
            int at,
            int step,
            boolean[] b,
            int otherAt,
            int otherStep,
            int count,
            double rtol,
            double atol) {
        for (int i = 0, in = at, other = otherAt; i < count; i++, in += step, other += otherStep) {
            // PyTorch, too, computes this in float32
            if (a[in] != b[other]
                    && !FloatElements.close(a[in] ? 1 : 0, b[other] ? 1 : 0, (float) rtol, (float) atol)) {
                return false;
            }
        }
        return true;
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
    ElementTexts texts(boolean[] shown) {
        return ElementTexts.of(IntStream.range(0, shown.length).mapToObj(i -> shown[i] ? "True" : "False"));
    }
}
