package dev.statedict.values;

/**
 * What is done to elements of either floating-point type that lie side by side, at the same places of two arrays. Each loop is so plain
 * that the compiler makes vector instructions of it: with places that differ, a lerp over 64 MB took 5.6 ms instead of 3.5. This is also
 * where another type would be added.
 */
public interface Operation {
    /** {@return whether {@code x} is written to} */
    default boolean writes() {
        return true;
    }

    /** Combines {@code x[i]}, which may be written to, with {@code y[i]}. */
    void run(float[] x, float[] y, int start, int end);

    /** Combines {@code x[i]}, which may be written to, with {@code y[i]}. */
    void run(double[] x, double[] y, int start, int end);
}
