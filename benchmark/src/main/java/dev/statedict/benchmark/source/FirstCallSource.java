package dev.statedict.benchmark.source;

import dev.statedict.benchmark.result.Measurements;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** First calls, each in a JVM of its own, in processor time: {@code first.stateDict(TREE)}. */
public final class FirstCallSource implements Source {
    private static final Pattern NAME = Pattern.compile("first\\.(\\w+)\\((\\w+)\\)");

    private final String program;
    private final int rounds;

    /**
     * Of a program that takes a model and what to do with it, and prints microseconds.
     *
     * @param program the name of its class, on the class path of this JVM
     * @param quick whether one reading of each is enough
     */
    public FirstCallSource(String program, boolean quick) {
        this.program = program;
        this.rounds = quick ? 1 : 15;
    }

    @Override
    public void measure(Set<String> names, Measurements measurements) {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String name : names) {
                Matcher matcher = NAME.matcher(name);
                if (matcher.matches()) {
                    times.computeIfAbsent(name, unread -> new ArrayList<>())
                            .add(time(matcher.group(2), matcher.group(1)));
                }
            }
        }
        times.forEach((name, readings) -> measurements.put(name, new Value(Median.of(readings), Unit.MICROSECONDS)));
    }

    private double time(String model, String operation) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program,
                model,
                operation);
        return Program.lines(command)
                .map(lines -> Double.parseDouble(lines.get(0)))
                .orElseThrow(() -> new IllegalStateException("failed: " + String.join(" ", command)));
    }
}
