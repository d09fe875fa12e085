package dev.statedict.arithmetic;

/**
 * What is done to elements that lie side by side, of either floating-point type. Each loop is a method of its own, so plain that the
 * compiler makes vector instructions of it; this is also where another type would be added.
 */
interface Operation {
    /** Combines {@code x[at + i]}, which may be written to, with {@code y[from + i]}. */
    void run(float[] x, int at, float[] y, int from, int count);

    /** Combines {@code x[at + i]}, which may be written to, with {@code y[from + i]}. */
    void run(double[] x, int at, double[] y, int from, int count);
}
