package dev.statedict.io.pickle;

import dev.statedict.text.PythonText;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of a dict that is neither a text, an integer nor a boolean, such as {@code None} or a tuple.
 *
 * @param text as Python prints it
 */
record DictKey(String text) {
    /** A text as long as this ends in dots: a pickle may use a long tuple as a key again and again. */
    private static final int MAX_LENGTH = 200;

    private static final double LARGE = 1e16;
    private static final double SMALL = 1e-4;

    static DictKey of(@Nullable Object key) {
        StringBuilder text = new StringBuilder();
        print(key, text);
        if (text.length() > MAX_LENGTH) {
            text.setLength(MAX_LENGTH);
            text.append("...");
        }
        return new DictKey(text.toString());
    }

    /** Prints what is left of the length, so that the depth is bounded too: each level takes a character. */
    private static void print(@Nullable Object value, StringBuilder text) {
        if (text.length() > MAX_LENGTH) {
            return;
        }
        if (value instanceof PickledSequence sequence) {
            printTuple(sequence.elements(), text);
        } else if (value instanceof String characters) {
            text.append(PythonText.quote(characters.substring(0, Math.min(characters.length(), MAX_LENGTH))));
        } else if (value instanceof Double number) {
            text.append(print(number));
        } else if (value instanceof Boolean truth) {
            text.append(truth ? "True" : "False");
        } else {
            text.append(value == null ? "None" : value);
        }
    }

    private static void printTuple(List<@Nullable Object> elements, StringBuilder text) {
        text.append('(');
        for (Iterator<@Nullable Object> rest = elements.iterator(); rest.hasNext() && text.length() <= MAX_LENGTH; ) {
            print(rest.next(), text);
            text.append(rest.hasNext() ? ", " : elements.size() == 1 ? "," : "");
        }
        text.append(')');
    }

    private static String print(double number) {
        double magnitude = Math.abs(number);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }
        if (magnitude == 0 || (magnitude >= SMALL && magnitude < LARGE)) {
            String plain = new BigDecimal(Double.toString(magnitude)).toPlainString();
            return (Math.copySign(1, number) < 0 ? "-" : "") + (plain.contains(".") ? plain : plain + ".0");
        }
        // 1.0E-5 is 1e-05 there, and 1.5E20 is 1.5e+20
        String[] parts = Double.toString(number).split("E");
        int exponent = Integer.parseInt(parts[1]);
        String sign = exponent < 0 ? "-" : "+";
        return parts[0].replaceAll("\\.0$", "") + "e" + sign + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    @Override
    public String toString() {
        return text;
    }
}
