package dev.statedict.benchmark.result;

import java.util.Locale;

/**
 * What a bar came to.
 *
 * @param bar which
 * @param ratio the ratio, NaN if it is missing
 * @param word the end of its line
 */
public record Verdict(Bar bar, double ratio, Word word) {
    /** The end of a bar's line. */
    public enum Word {
        /** The bar is met. */
        OK,
        /** The bar is not met. */
        SHORT,
        /** Something that the bar needs was not measured. */
        MISSING
    }

    /** {@return its line, {@code BAR <name> <ratio> <target> ok|short}, or {@code BAR <name> - <target> missing}} */
    public String line() {
        return String.join(" ", "BAR", bar.name(), ratioText(), targetText(), wordText());
    }

    /** {@return the ratio as it is printed} */
    String ratioText() {
        return word == Word.MISSING ? "-" : number(ratio);
    }

    /** {@return the target as it is printed} */
    String targetText() {
        return number(bar.target());
    }

    /** {@return the word as it is printed} */
    String wordText() {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** Four digits, so that no rounding hides on which side of its target a ratio lies. */
    private static String number(double number) {
        return String.format(Locale.ROOT, number < 0.1 ? "%.5f" : "%.4f", number);
    }
}
