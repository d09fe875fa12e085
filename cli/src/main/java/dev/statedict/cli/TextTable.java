package dev.statedict.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Rows of cells in columns. Where they are wider than the screen, each row's first cell has a line of its own and the
 * others stand below it, so that nothing is cut.
 */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable row(String... cells) {
        List<String> printable = new ArrayList<>(cells.length);
        for (String cell : cells) {
            printable.add(Printable.line(cell));
        }
        rows.add(printable);
        return this;
    }

    /** Prints the rows; the first is a heading. */
    void printWithHeading(Screen screen) {
        printWithHeading(screen, line -> line);
    }

    /** Prints the rows, the first as a heading, the others each as they are coloured. */
    void printWithHeading(Screen screen, UnaryOperator<String> colored) {
        List<String> lines = lines(screen.columns());
        int heading = lines.size() > rows.size() ? 2 : 1;
        for (int i = 0; i < lines.size(); i++) {
            screen.println(i < heading ? screen.bold(lines.get(i)) : colored.apply(lines.get(i)));
        }
    }

    void print(Screen screen) {
        print(screen, line -> line);
    }

    /** Prints the rows, each line as it is coloured. */
    void print(Screen screen, UnaryOperator<String> colored) {
        lines(screen.columns()).forEach(line -> screen.println(colored.apply(line)));
    }

    private List<String> lines(int columns) {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = aligned(widths);
        return lines.stream().allMatch(line -> line.length() <= columns) ? lines : stacked();
    }

    private List<String> aligned(int[] widths) {
        List<String> lines = new ArrayList<>(rows.size());
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length()))
                        .append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private List<String> stacked() {
        List<String> lines = new ArrayList<>(2 * rows.size());
        for (List<String> row : rows) {
            lines.add(row.get(0));
            lines.add(GAP + String.join(GAP, row.subList(1, row.size())).stripTrailing());
        }
        return lines;
    }
}
