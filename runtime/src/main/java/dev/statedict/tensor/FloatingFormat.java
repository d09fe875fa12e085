package dev.statedict.tensor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * How the elements of one floating-point tensor are written, so that they align: the notation and the common width that PyTorch's
 * {@code torch._tensor_str._Formatter} chooses from the elements that are shown.
 *
 * <p>Python rounds the exact binary value half to even; {@link BigDecimal} does the same, {@code String.format} not.
 */
final class FloatingFormat {

    private enum Notation {
        /** {@code 123.}: all elements are integers. */
        INTEGRAL,
        /** {@code 0.1250} */
        FIXED,
        /** {@code 1.2500e-05}: elements are very small, very large or far apart. */
        SCIENTIFIC
    }

    /** Digits behind the point. */
    private static final int PRECISION = 4;

    private FloatingFormat() {}

    /** The texts of these elements. Zeros, infinities and NaN have no say in how they are written. */
    static ElementTexts texts(double[] shown) {
        Notation notation = notation(shown);
        List<String> texts = new ArrayList<>(shown.length);
        int width = 1;
        for (double value : shown) {
            String text = digits(value, notation);
            texts.add(text);
            if (counts(value)) {
                width = Math.max(width, text.length());
            }
        }
        return ElementTexts.aligned(texts, width);
    }

    private static Notation notation(double[] shown) {
        double min = Double.POSITIVE_INFINITY;
        double max = 0;
        boolean integral = true;
        for (double value : shown) {
            if (counts(value)) {
                min = Math.min(min, Math.abs(value));
                max = Math.max(max, Math.abs(value));
                integral &= value == Math.rint(value);
            }
        }
        if (max > 0 && (max / min > 1000 || max > 1e8 || min < 1e-4)) {
            return Notation.SCIENTIFIC;
        }
        return integral ? Notation.INTEGRAL : Notation.FIXED;
    }

    private static boolean counts(double value) {
        return value != 0 && Double.isFinite(value);
    }

    private static String digits(double value, Notation notation) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        if (Double.isInfinite(value)) {
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
