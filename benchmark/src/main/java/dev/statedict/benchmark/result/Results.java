package dev.statedict.benchmark.result;

import java.util.List;
import java.util.stream.Collectors;

/** What a run came to, as text. */
public final class Results {
    private Results() {}

    /**
     * Writes all down: the machine, a table of the bars with what was compared, a line per bar, and all measurements.
     *
     * @param machine where it was measured
     * @param bars what to hold the measurements against
     * @param measurements what was measured
     * @return the text
     */
    public static String format(List<String> machine, List<Bar> bars, Measurements measurements) {
        List<Verdict> verdicts =
                bars.stream().map(bar -> bar.judge(measurements)).toList();
        return String.join(
                "\n",
                lines(machine),
                comparison(verdicts, measurements).toString(),
                lines(verdicts.stream().map(Verdict::line).toList()),
                listing(measurements).toString());
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> line + '\n').collect(Collectors.joining());
    }

    private static Table comparison(List<Verdict> verdicts, Measurements measurements) {
        Table table = new Table("bar", "ours", "peer", "ratio", "target", "verdict");
        for (Verdict verdict : verdicts) {
            table.add(
                    verdict.bar().name(),
                    text(verdict.bar().ours(), measurements),
                    text(verdict.bar().peer(), measurements),
                    verdict.ratioText(),
                    verdict.targetText(),
                    verdict.wordText());
        }
        return table;
    }

    private static String text(Quantity quantity, Measurements measurements) {
        return quantity.in(measurements).map(Value::toString).orElse("-");
    }

    private static Table listing(Measurements measurements) {
        Table table = new Table("measurement", "median");
        measurements.asMap().forEach((name, value) -> table.add(name, value.toString()));
        return table;
    }
}
