package dev.statedict.cli;

/** Texts from files on a terminal: a key may hold line ends and the escape sequences that move its cursor. */
final class Printable {
    private Printable() {}

    /** The text on one line, control characters spelled out. */
    static String line(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static String escaped(String text) {
        StringBuilder line = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> line.append(isControl(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return line.toString();
    }

    /** Also the marks that turn the direction of what follows. */
    private static boolean isControl(char c) {
        if (c >= ' ' && c <= '~') {
            return false; // as nearly all are
        }
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == '\u2028' || c == '\u2029';
    }
}
