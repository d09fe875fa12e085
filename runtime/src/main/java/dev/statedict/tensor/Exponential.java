package dev.statedict.tensor;

/**
 * {@code exp} for results that become floats, of many numbers at once: as {@link StrictMath#exp} it gives the same on every
 * machine, which {@link Math#exp} need not.
 *
 * <p>{@code exp(x)} is {@code exp(x / 1024)} to the power of 1,024, which is ten squarings; and that of a number between -0.11
 * and 0 is the Taylor polynomial of degree 8. The relative error is below {@code 1e-11}, a ten-thousandth of what a float
 * rounds off. There is no table and no branch in it, so that the compiler turns it into vector instructions: 1.3 ns for each
 * number with vectors of 256 bits, where {@link StrictMath#exp} takes 25, and a table of powers 4.
 */
final class Exponential {
    /** What to raise lower ones to: below it the nearest float is 0, as it is here. */
    static final double ZERO = -110;

    private Exponential() {}

    /** Replaces the first numbers, each of which is NaN or between {@link #ZERO} and 0, by their exponentials. */
    static void exp(double[] numbers, int count) {
        for (int i = 0; i < count; i++) {
            double x = numbers[i] * (1.0 / 1024);
            double y = 1 / 5040.0 + x * (1 / 40320.0);
            y = 1 / 24.0 + x * (1 / 120.0 + x * (1 / 720.0 + x * y));
            y = 1 + x * (1 + x * (1 / 2.0 + x * (1 / 6.0 + x * y)));
            y *= y;
            y *= y;
            y *= y;
            y *= y;
            y *= y;
            y *= y;
            y *= y;
            y *= y;
            y *= y;
            y *= y;
            numbers[i] = y;
        }
    }
}
