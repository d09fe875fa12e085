package dev.statedict.benchmark.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run, or several that were merged, as {@link Results} wrote it down.
 *
 * @param machine its lines about the machine
 * @param rows its table, a row for each bar, by the name of the bar
 * @param listing its measurements, as text
 */
public record PublishedRun(List<String> machine, Map<String, Row> rows, String listing) {
    private static final String COLUMNS = " {2,}";

    /** What a bar's verdict is when two runs do not agree. */
    private static final String UNDECIDED = "undecided";

    /**
     * A row of the table, as text.
     *
     * @param bar the name of the bar
     * @param ours what we take
     * @param peer what the peer takes
     * @param ratio the ratio, or several with a slash between them, of runs that do not agree
     * @param target what it is held against
     * @param verdict ok, short, missing or undecided
     */
    public record Row(String bar, String ours, String peer, String ratio, String target, String verdict) {
        private static Row parse(String line) {
            String[] cells = line.split(COLUMNS);
            if (cells.length != 6) {
                throw new IllegalArgumentException("no row of a table of bars: " + line);
            }
            return new Row(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
        }

        private Row and(Row other) {
            if (!target.equals(other.target)) {
                throw new IllegalArgumentException(bar + " has the target " + target + " in one run and " + other.target
                        + " in the other: they are not of the same bars");
            }
            return verdict.equals(other.verdict)
                    ? this
                    : new Row(bar, ours, peer, ratio + "/" + other.ratio, target, UNDECIDED);
        }

        private String line() {
            return String.join(" ", "BAR", bar, ratio, target, verdict);
        }
    }

    /**
     * Reads a run.
     *
     * @param text what {@link Results} or {@link #toString} made
     * @return the run
     * @throws IllegalArgumentException if that did not make it
     */
    public static PublishedRun parse(String text) {
        String[] parts = text.split("\n\n", 4);
        if (parts.length != 4) {
            throw new IllegalArgumentException("no results: they have four parts with an empty line between them");
        }
        Map<String, Row> rows = new LinkedHashMap<>();
        parts[1].lines().skip(1).map(Row::parse).forEach(row -> rows.put(row.bar(), row));
        return new PublishedRun(parts[0].lines().toList(), rows, parts[3]);
    }

    /**
     * Holds this run against another. Where both came to the same verdict, the figures of this one stand; where not,
     * the bar is undecided, and the ratios of both stand. The other may be without some bars, as a run without growth
     * is: they stand as this one has them, and a line says how many they are. Lines say in what its machine differs.
     *
     * @param other the other
     * @return both
     * @throws IllegalArgumentException if the other has bars that this one has not, or other targets
     */
    public PublishedRun and(PublishedRun other) {
        if (!rows.keySet().containsAll(other.rows.keySet())) {
            throw new IllegalArgumentException("the second run has bars that the first has not");
        }
        List<String> both = new ArrayList<>(machine);
        both.add("again    " + field(other, "date") + ", with the same verdicts but for those undecided");
        other.machine.stream()
                .filter(line -> !machine.contains(line) && !line.startsWith("date "))
                .map(line -> "there    " + line)
                .forEach(both::add);
        long once = rows.keySet().stream()
                .filter(bar -> !other.rows.containsKey(bar))
                .count();
        if (once > 0) {
            both.add("once     " + once + " bars that the second run left out");
        } else {
            // a run that was merged before may have left some out
            both.removeIf(line -> line.startsWith("once "));
        }
        Map<String, Row> merged = new LinkedHashMap<>();
        rows.forEach((bar, row) -> {
            Row again = other.rows.get(bar);
            merged.put(bar, again == null ? row : row.and(again));
        });
        return new PublishedRun(both, merged, listing);
    }

    private static String field(PublishedRun run, String name) {
        return run.machine.stream()
                .filter(line -> line.startsWith(name + ' '))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the run does not say its " + name));
    }

    /** {@return the table of bars as a page in Markdown shows it} */
    public String markdown() {
        return rows.values().stream()
                .map(row -> String.join(
                        " | ",
                        "| `" + row.bar + "`",
                        row.ours,
                        row.peer,
                        row.ratio,
                        row.target,
                        (row.verdict.equals("ok") ? "ok" : "**" + row.verdict + "**") + " |\n"))
                .collect(Collectors.joining(
                        "", "| bar | ours | peer | ratio | target | |\n|---|--:|--:|--:|--:|---|\n", ""));
    }

    /** {@return the text that it is written down as} */
    @Override
    public String toString() {
        Table table = new Table("bar", "ours", "peer", "ratio", "target", "verdict");
        for (Row row : rows.values()) {
            table.add(row.bar, row.ours, row.peer, row.ratio, row.target, row.verdict);
        }
        String bars = rows.values().stream().map(row -> row.line() + '\n').collect(Collectors.joining());
        return String.join(
                "\n\n",
                Arrays.asList(
                        String.join("\n", machine), table.toString().stripTrailing(), bars.stripTrailing(), listing));
    }
}
