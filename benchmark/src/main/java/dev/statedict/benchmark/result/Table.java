package dev.statedict.benchmark.result;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text, of which the first is the head, as columns of equal width. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        add(head);
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    /** The first column is aligned left, the others right. */
    @Override
    public String toString() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> {
                    String padding = " ".repeat(widths[column] - row.get(column).length());
                    return column == 0 ? row.get(column) + padding : padding + row.get(column);
                })
                .collect(Collectors.joining("  ", "", "\n"));
    }
}
