package dev.statedict.io.transfer;

/**
 * Sums by CRC-32 of bytes one behind the other, from the sums of their parts. Such a sum is the remainder of the bytes, as a
 * polynomial over GF(2), by the one that ZIP uses; bytes behind them multiply it by a power of x.
 */
public final class Crc32Sum {
    /** The divisor without its highest power. The highest bit is the coefficient of 1, as everywhere here. */
    private static final int DIVISOR = 0xedb88320;

    private static final int ONE = 1 << 31;
    private static final int X_TO_THE_8 = 1 << 31 - 8;

    private Crc32Sum() {}

    /**
     * The sum of two parts.
     *
     * @param first the sum of the first part
     * @param second the sum of the second part
     * @param secondLength how many bytes the second part has
     * @return the sum of both
     */
    public static long concatenate(long first, long second, long secondLength) {
        int shift = ONE;
        int power = X_TO_THE_8;
        for (long rest = secondLength; rest > 0; rest >>>= 1) {
            shift = (rest & 1) == 0 ? shift : multiply(shift, power);
            power = multiply(power, power);
        }
        return Integer.toUnsignedLong(multiply((int) first, shift)) ^ second;
    }

    private static int multiply(int one, int other) {
        int product = 0;
        int multiple = other;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            product ^= (one & bit) == 0 ? 0 : multiple;
            multiple = multiple >>> 1 ^ ((multiple & 1) == 0 ? 0 : DIVISOR);
        }
        return product;
    }
}
