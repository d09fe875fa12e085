package dev.statedict.tensor;

/**
 * {@code exp} for results that become floats: some five times as fast as {@link StrictMath#exp}, and as that one it gives
 * the same on every machine, which {@link Math#exp} need not.
 *
 * <p>{@code exp(x)} is {@code 2^whole * 2^(step/32) * exp(rest)}, where {@code |rest| <= ln 2 / 64}. The middle factor stands
 * in a table, the last is the Taylor polynomial of degree 5, whose relative error is below {@code 3e-15}.
 */
final class Exponential {
    private static final int STEPS = 32;
    private static final double STEP = StrictMath.log(2) / STEPS;
    private static final double STEPS_PER_ONE = 1 / STEP;
    private static final double[] TABLE = new double[STEPS];

    /** Adding it rounds to a whole number, which the lowest bits of the sum then hold. */
    private static final double ROUNDING = 0x1.8p52;

    /** Below it, and only for such, the nearest float is 0. */
    private static final double ZERO = -104;

    static {
        for (int step = 0; step < STEPS; step++) {
            TABLE[step] = StrictMath.pow(2, (double) step / STEPS);
        }
    }

    private Exponential() {}

    /** {@code exp(x)} for {@code x <= 0}, and NaN for NaN; 0 where the nearest float is. */
    static double exp(double x) {
        if (x < ZERO) {
            return 0;
        }
        double shifted = x * STEPS_PER_ONE + ROUNDING;
        int steps = (int) Double.doubleToRawLongBits(shifted);
        double rest = x - (shifted - ROUNDING) * STEP;
        double factor = Double.longBitsToDouble((long) (1023 + (steps >> 5)) << 52) * TABLE[steps & STEPS - 1];
        double polynomial =
                1 + rest * (1 + rest * (1 / 2.0 + rest * (1 / 6.0 + rest * (1 / 24.0 + rest * (1 / 120.0)))));
        return factor * polynomial;
    }
}
