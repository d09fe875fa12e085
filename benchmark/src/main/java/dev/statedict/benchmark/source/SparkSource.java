package dev.statedict.benchmark.source;

import dev.statedict.benchmark.result.Measurements;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code spark/benchmark} prints: a line for each bar of its own, which begins with a name, our time and the peer's. They
 * become {@code spark-pass} and {@code spark-pass peer}.
 */
public final class SparkSource implements Source {
    private static final String PREFIX = "spark-";
    private static final Pattern LINE = Pattern.compile("(spark-\\S+) +([\\d.]+) (ms|s) +([\\d.]+) (ms|s) .*");

    private final Path script;

    /**
     * By a script.
     *
     * @param script spark/benchmark
     */
    public SparkSource(Path script) {
        this.script = script;
    }

    @Override
    public void measure(Set<String> names, Measurements measurements) {
        if (names.stream().noneMatch(name -> name.startsWith(PREFIX))) {
            return;
        }
        for (String line : Program.lines(List.of(script.toString()))
                .orElseThrow(() -> new IllegalStateException("failed: " + script))) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                measurements.put(matcher.group(1), time(matcher.group(2), matcher.group(3)));
                measurements.put(matcher.group(1) + " peer", time(matcher.group(4), matcher.group(5)));
            }
        }
    }

    private static Value time(String number, String unit) {
        return new Value(Double.parseDouble(number) * (unit.equals("ms") ? 1e3 : 1e6), Unit.MICROSECONDS);
    }
}
