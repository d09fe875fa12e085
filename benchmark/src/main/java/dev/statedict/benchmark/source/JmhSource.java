package dev.statedict.benchmark.source;

import dev.statedict.benchmark.result.Measurements;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Benchmarks on the JVM, by JMH, each in a JVM of its own in each round. What has run for long enough to be sure of is left
 * out of the rounds that follow, but for what depends on the speed of the memory most.
 */
public final class JmhSource implements InRounds {
    private static final String ALLOCATION_RATE = "gc.alloc.rate.norm";

    private static final int ROUNDS = 4;
    private static final Duration ENOUGH = Duration.ofSeconds(8);

    private final Set<String> inManyProcesses;
    private final boolean quick;
    private final Map<BenchmarkName, List<Double>> times = new LinkedHashMap<>();
    private final Map<BenchmarkName, List<Double>> allocations = new LinkedHashMap<>();
    private final Map<BenchmarkName, Duration> spent = new HashMap<>();

    /**
     * Of benchmarks as they are annotated.
     *
     * @param inManyProcesses what four JVMs are too few for
     * @param quick whether one short iteration of each is enough
     */
    public JmhSource(Set<String> inManyProcesses, boolean quick) {
        this.inManyProcesses = inManyProcesses;
        this.quick = quick;
    }

    @Override
    public void measure(Set<String> names, int round) {
        if (quick && round > 0) {
            return;
        }
        names.stream().flatMap(BenchmarkName::parse).distinct().forEach(benchmark -> measure(benchmark, round));
    }

    private void measure(BenchmarkName benchmark, int round) {
        Duration before = spent.getOrDefault(benchmark, Duration.ZERO);
        boolean inMany = inManyProcesses.contains(benchmark.toString());
        if (!inMany && (round >= ROUNDS || before.compareTo(ENOUGH) >= 0)) {
            return;
        }
        Instant start = Instant.now();
        for (IterationResult iteration : run(benchmark)) {
            add(times, benchmark, microseconds(iteration.getPrimaryResult()));
            Result<?> allocation = iteration.getSecondaryResults().get(ALLOCATION_RATE);
            if (allocation != null) {
                add(allocations, benchmark, allocation.getScore());
            }
        }
        spent.put(benchmark, before.plus(Duration.between(start, Instant.now())));
        System.err.println(benchmark + " " + times.getOrDefault(benchmark, List.of()));
    }

    @Override
    public void tell(Measurements measurements) {
        times.forEach((benchmark, readings) ->
                measurements.put(benchmark.toString(), new Value(Median.of(readings), Unit.MICROSECONDS)));
        allocations.forEach((benchmark, readings) ->
                measurements.put(benchmark.allocation(), new Value(Median.of(readings), Unit.BYTES)));
    }

    private static void add(Map<BenchmarkName, List<Double>> readings, BenchmarkName benchmark, double reading) {
        readings.computeIfAbsent(benchmark, unread -> new ArrayList<>()).add(reading);
    }

    private List<IterationResult> run(BenchmarkName benchmark) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.pattern())
                .forks(1)
                .timeUnit(TimeUnit.MICROSECONDS)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        benchmark.parameters().forEach(options::param);
        if (quick) {
            options.warmupIterations(1).warmupTime(TimeValue.milliseconds(300));
            options.measurementIterations(2).measurementTime(TimeValue.milliseconds(300));
        }
        List<IterationResult> iterations = new ArrayList<>();
        try {
            for (RunResult result : new Runner(options.build()).run()) {
                for (BenchmarkResult fork : result.getBenchmarkResults()) {
                    iterations.addAll(fork.getIterationResults());
                }
            }
        } catch (RunnerException e) {
            // a machine may be too small for it; the rest can be measured all the same
            System.err.println(benchmark + " failed: " + e.getMessage());
            return List.of();
        }
        return iterations;
    }

    private static double microseconds(Result<?> result) {
        if (!result.getScoreUnit().startsWith("us/")) {
            throw new IllegalStateException("a benchmark tells no time but " + result.getScoreUnit());
        }
        return result.getScore();
    }
}
