package dev.statedict.tensor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How the elements of one tensor are written, so that they align: the notation and the common width that PyTorch's
 * {@code torch._tensor_str._Formatter} chooses from the elements that are shown.
 *
 * <p>Python rounds the exact binary value half to even; {@link BigDecimal} does the same, {@code String.format} not.
 */
record ElementFormat(Notation notation, int width) {

    enum Notation {
        /** {@code 123.}: all elements are integers. */
        INTEGRAL,
        /** {@code 0.1250} */
        FIXED,
        /** {@code 1.2500e-05}: elements are very small, very large or far apart. */
        SCIENTIFIC
    }

    /** Digits behind the point. */
    private static final int PRECISION = 4;

    /** The format for these elements. Zeros, infinities and NaN have no say in it. */
    static ElementFormat of(float[] shown) {
        double min = Double.POSITIVE_INFINITY;
        double max = 0;
        boolean integral = true;
        for (float value : shown) {
            if (counts(value)) {
                min = Math.min(min, Math.abs(value));
                max = Math.max(max, Math.abs(value));
                integral &= value == Math.rint(value);
            }
        }
        Notation notation = integral ? Notation.INTEGRAL : Notation.FIXED;
        if (max > 0 && (max / min > 1000 || max > 1e8 || min < 1e-4)) {
            notation = Notation.SCIENTIFIC;
        }
        int width = 1;
        for (float value : shown) {
            if (counts(value)) {
                width = Math.max(width, digits(value, notation).length());
            }
        }
        return new ElementFormat(notation, width);
    }

    /** The element, right-aligned to the common width; a NaN or an infinity may be wider. */
    String format(float value) {
        String digits = digits(value, notation);
        return " ".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private static boolean counts(float value) {
        return value != 0 && Float.isFinite(value);
    }

    private static String digits(float value, Notation notation) {
        if (Float.isNaN(value)) {
            return "nan";
        }
        String sign = Float.floatToRawIntBits(value) < 0 ? "-" : "";
        if (Float.isInfinite(value)) {
            return sign + "inf";
        }
        BigDecimal magnitude = new BigDecimal(Math.abs(value));
        return sign
                + switch (notation) {
                    case INTEGRAL -> magnitude.toPlainString() + ".";
                    case FIXED ->
                        magnitude.setScale(PRECISION, RoundingMode.HALF_EVEN).toPlainString();
                    case SCIENTIFIC -> scientific(magnitude);
                };
    }

    private static String scientific(BigDecimal magnitude) {
        if (magnitude.signum() == 0) {
            return "0." + "0".repeat(PRECISION) + "e+00";
        }
        BigDecimal rounded = magnitude.round(new MathContext(PRECISION + 1, RoundingMode.HALF_EVEN));
        String digits = rounded.unscaledValue().toString();
        int exponent = digits.length() - 1 - rounded.scale();
        String fraction = (digits.substring(1) + "0".repeat(PRECISION)).substring(0, PRECISION);
        return digits.charAt(0) + "." + fraction + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}
