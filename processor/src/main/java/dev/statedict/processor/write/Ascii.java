package dev.statedict.processor.write;

import java.util.Locale;

/** Java in ASCII, which is the same in every encoding of a compilation's sources. */
final class Ascii {
    private Ascii() {}

    /** A text as a literal. JavaPoet's own would break it at each of Unicode's line ends, as Java does not. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                // other controls, to be read
                default -> literal.append(c < ' ' || c == 0x7f ? escaped(c) : String.valueOf(c));
            }
        }
        return source(literal.append('"').toString());
    }

    /** Source with an escape for each character that is none of ASCII's. */
    static String source(String source) {
        if (source.chars().allMatch(c -> c < 0x80)) {
            return source;
        }
        StringBuilder ascii = new StringBuilder(source.length());
        source.chars().forEach(c -> ascii.append(c < 0x80 ? String.valueOf((char) c) : escaped((char) c)));
        return ascii.toString();
    }

    private static String escaped(char c) {
        return String.format(Locale.ROOT, "\\u%04x", (int) c);
    }
}
