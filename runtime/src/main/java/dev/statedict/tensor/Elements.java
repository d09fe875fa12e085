package dev.statedict.tensor;

import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * All that differs by element type: the loops over elements of Java arrays, which lie side by side unless a step says how
 * far apart. Another element type is another subclass, and a constant of {@link ElementType}. What stands in each subclass
 * is what the compiler has to see with its type to make a plain or a vector loop of it.
 *
 * <p>Values go from one type to another as {@code double} or as {@code long}, whichever holds all values of the type that
 * is read: a {@link Floating} type is read as the former, an {@link Integral} one as the latter, each is written from both.
 *
 * @param <A> the type of the arrays
 */
abstract sealed class Elements<A> permits Elements.Floating, Elements.Integral {

    /** Types that are read as {@code double}. */
    abstract static sealed class Floating<A> extends Elements<A> permits FloatElements, DoubleElements {
        Floating(Class<?> component, int size, IntFunction<A> newArray) {
            super(component, size, newArray);
        }

        abstract void read(A source, int at, int step, double[] target, int count);

        @Override
        final ElementTexts texts(A shown) {
            double[] values = new double[length(shown)];
            read(shown, 0, 1, values, values.length);
            return FloatingFormat.texts(values);
        }
    }

    /** Types that are read as {@code long}. */
    abstract static sealed class Integral<A> extends Elements<A> permits IntElements, LongElements, BooleanElements {
        Integral(Class<?> component, int size, IntFunction<A> newArray) {
            super(component, size, newArray);
        }

        abstract void read(A source, int at, int step, long[] target, int count);

        private long[] read(A source, int at, int count) {
            long[] wholes = new long[count];
            read(source, at, 1, wholes, count);
            return wholes;
        }

        @Override
        final boolean close(A a, int at, A b, int otherAt, int count, double rtol, double atol) {
            long[] ours = read(a, at, count);
            long[] theirs = read(b, otherAt, count);
            for (int i = 0; i < count; i++) {
                // PyTorch, too, computes this in float32
                if (ours[i] != theirs[i] && !FloatElements.close(ours[i], theirs[i], (float) rtol, (float) atol)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        String text(A array, int at) {
            return Long.toString(read(array, at, 1)[0]);
        }

        @Override
        final ElementTexts texts(A shown) {
            return ElementTexts.of(IntStream.range(0, length(shown)).mapToObj(i -> shownText(shown, i)));
        }

        /** One element as PyTorch writes it. */
        String shownText(A array, int at) {
            return text(array, at);
        }
    }

    private final Class<?> component;
    private final int size;
    private final IntFunction<A> newArray;

    Elements(Class<?> component, int size, IntFunction<A> newArray) {
        this.component = component;
        this.size = size;
        this.newArray = newArray;
    }

    /** The Java type of one element. */
    final Class<?> component() {
        return component;
    }

    /** How many bytes one element takes in memory. */
    final int size() {
        return size;
    }

    final A newArray(int length) {
        return newArray.apply(length);
    }

    abstract int length(A array);

    /** By each type itself: of an array that is made and filled in one step, nothing is zeroed first. */
    abstract A copyOfRange(A array, int from, int to);

    /**
     * As {@link System#arraycopy}, also where the two overlap. By each type itself: a copy of four elements between arrays
     * whose type the compiler does not know takes 2.4 ns more, 5 us of the 70 that a load of 2,000 small tensors takes.
     */
    abstract void copy(A source, int from, A target, int to, int count);

    /** Copies in order of the elements, whatever the steps. */
    abstract void copy(A source, int from, int step, A target, int to, int targetStep, int count);

    /** Writes the first element of another array to all from an index to before another. */
    abstract void fill(A array, int from, int to, A value);

    /** Does the same to elements that lie apart. */
    final void fill(A array, int at, int step, int count, A value) {
        if (step == 1) {
            fill(array, at, at + count, value);
        } else {
            copy(value, 0, 0, array, at, step, count);
        }
    }

    /** Whether elements are the same, as {@code Arrays.equals} has it: NaN is NaN, and 0.0 is not -0.0. */
    abstract boolean equal(A a, int at, A b, int otherAt, int count);

    /** Whether {@code |a - b| <= atol + rtol * |b|} for all elements, in the arithmetic of torch.allclose. */
    abstract boolean close(A a, int at, A b, int otherAt, int count, double rtol, double atol);

    /**
     * Writes values side by side, up to the first that the type does not hold.
     *
     * @param rounding whether a floating-point type may take the nearest value that it has; not an infinity for a number
     * @return how many were written
     */
    abstract int write(double[] source, int count, A target, int at, boolean rounding);

    /** Does the same for whole numbers. */
    abstract int write(long[] source, int count, A target, int at, boolean rounding);

    /** One element as Java writes it. */
    abstract String text(A array, int at);

    /** All elements of an array as PyTorch prints them side by side. */
    abstract ElementTexts texts(A shown);
}
