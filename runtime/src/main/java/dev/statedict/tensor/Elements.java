package dev.statedict.tensor;

/**
 * All that differs by element type: the loops over runs of elements in Java arrays. A run is a number of elements of one
 * array, a constant step apart. Another element type is another subclass, and a constant of {@link ElementType}.
 *
 * <p>Values go from one type to another as {@code double} or as {@code long}, whichever holds all values of the type that
 * is read: a {@link Floating} type is read as the former, an {@link Integral} one as the latter, each is written from both.
 *
 * @param <A> the type of the arrays
 */
abstract sealed class Elements<A> permits Elements.Floating, Elements.Integral {

    /** Types that are read as {@code double}. */
    abstract static sealed class Floating<A> extends Elements<A> permits FloatElements, DoubleElements {
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
        abstract void read(A source, int at, int step, long[] target, int count);
    }

    /** The Java type of one element. */
    abstract Class<?> component();

    /** How many bytes one element takes in memory. */
    abstract int size();

    abstract A newArray(int length);

    abstract int length(A array);

    abstract A copyOfRange(A array, int from, int to);

    /** As {@link System#arraycopy}, also where the two runs overlap. */
    abstract void copy(A source, int from, A target, int to, int count);

    /** Copies in order of the elements, whatever the steps. */
    abstract void copy(A source, int from, int step, A target, int to, int targetStep, int count);

    /** Writes the first element of another array to all of a run. */
    abstract void fill(A array, int at, int step, int count, A value);

    /** Whether two runs are the same, as {@code Arrays.equals} has it: NaN is NaN, and 0.0 is not -0.0. */
    abstract boolean equal(A a, int at, int step, A b, int otherAt, int otherStep, int count);

    /** Whether {@code |a - b| <= atol + rtol * |b|} for all elements of two runs, in the arithmetic of torch.allclose. */
    abstract boolean close(A a, int at, int step, A b, int otherAt, int otherStep, int count, double rtol, double atol);

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
