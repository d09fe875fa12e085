package dev.statedict.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Digits as characters, side by side, each above what it is and, if that is another, what it was taken for. */
final class DigitDrawing {
    private static final String INK = " .:-=+*#%@"; // from none to most
    private static final int WIDTH = 2 * Digits.SIDE; // a character is about twice as high as wide
    private static final String GAP = "   ";

    private DigitDrawing() {}

    /**
     * Draws as many in a line as fit.
     *
     * @param rows which digits
     * @param named what each of all the digits was taken for
     */
    static List<String> of(Digits digits, List<Integer> rows, int[] named, int columns) {
        int most = Math.max(1, (columns + GAP.length()) / (WIDTH + GAP.length()));
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < rows.size(); start += most) {
            List<Integer> abreast = rows.subList(start, Math.min(start + most, rows.size()));
            for (int y = 0; y < Digits.SIDE; y++) {
                int line = y;
                lines.add(join(abreast.stream().map(row -> scanLine(digits, row, line))));
            }
            lines.add(join(abreast.stream().map(row -> caption(digits.labels()[row], named[row]))));
            lines.add("");
        }
        return lines;
    }

    private static String join(Stream<String> cells) {
        return cells.map(cell -> String.format("%-" + WIDTH + "s", cell))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static String scanLine(Digits digits, int row, int y) {
        StringBuilder line = new StringBuilder();
        for (int x = 0; x < Digits.SIDE; x++) {
            float ink = digits.images().get(row, y * Digits.SIDE + x) / Digits.MOST_INK;
            line.append(String.valueOf(INK.charAt(Math.round(ink * (INK.length() - 1))))
                    .repeat(2));
        }
        return line.toString();
    }

    private static String caption(int digit, int named) {
        return digit == named ? Integer.toString(digit) : digit + ", taken for " + named;
    }
}
