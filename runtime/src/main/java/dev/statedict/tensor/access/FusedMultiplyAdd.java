package dev.statedict.tensor.access;

/**
 * {@link Math#fma} of floats, at a bearable speed on every processor. Where the processor has an instruction for it, the compiler makes
 * vector instructions of it, as PyTorch's kernels do; elsewhere the JDK computes it by {@code BigDecimal}, which takes a microsecond, and
 * this class by a dozen additions. The bits are the same.
 */
public final class FusedMultiplyAdd {
    private static final int CALLS = 16;
    /** By an instruction a call takes less than 0.1 us, also in the interpreter; by {@code BigDecimal} 1 us compiled, 20 us not. */
    private static final long SLOW = CALLS * 1000L;

    private static final boolean INSTRUCTION = isFast();

    private FusedMultiplyAdd() {}

    /**
     * {@return {@code a * b + c}, rounded once}
     *
     * @param a a factor
     * @param b another
     * @param c what is added to their product
     */
    public static float fma(float a, float b, float c) {
        return INSTRUCTION ? Math.fma(a, b, c) : emulate(a, b, c);
    }

    /** {@return whether the processor has an instruction for it} */
    public static boolean hasInstruction() {
        return INSTRUCTION;
    }

    /** The shortest of several times: what interrupts one of them does not count. */
    private static boolean isFast() {
        long shortest = Long.MAX_VALUE;
        float sum = 0;
        for (int attempt = 0; attempt < 4; attempt++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                sum = Math.fma(sum, 0.7f, 1.1f);
            }
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return sum > 0 && shortest < SLOW;
    }

    /**
     * The product is exact in double precision. The sum is rounded to odd there: of the two doubles beside the exact one, that whose last
     * bit is 1. Rounded to a float it then goes where the exact sum would, as a double has more than two bits beyond a float's (S. Boldo,
     * G. Melquiond, Emulation of FMA and correctly rounded sums, 2008).
     */
    static float emulate(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        // what the addition lost, exactly (D. Knuth's two-sum)
        double added = sum - product;
        double lost = (product - (sum - added)) + (c - added);
        long bits = Double.doubleToRawLongBits(sum);
        if (lost != 0 && Math.abs(sum) <= Double.MAX_VALUE && (bits & 1) == 0) {
            // towards what was lost: away from zero if the signs are the same
            sum = Double.longBitsToDouble(lost > 0 == sum > 0 ? bits + 1 : bits - 1);
        }
        return (float) sum;
    }
}
