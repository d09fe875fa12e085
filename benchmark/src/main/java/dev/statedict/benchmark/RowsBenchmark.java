package dev.statedict.benchmark;

import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.benchmark.model.FloatRows;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rows that a collector has moved, and so put elsewhere than side by side in their order: to copy them takes a third longer,
 * for the processor no longer foresees what comes next. Beside the barest loop over such rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-Xmn400m"})
public class RowsBenchmark {
    private static final int MEGABYTE = 1 << 20;
    private static final int PIECES = 64;

    /** How many megabytes. */
    @Param("256")
    public int megabytes = 1;

    private FloatRows module = new FloatRows(MEGABYTE);
    private StateDict snapshot = module.stateDict(Policy.COPY);
    private float[][] others = module.weight();
    private byte[] garbage = {};

    /** Makes the module, a snapshot, and as many rows again, and lets two collections move them. */
    @Setup
    public void create() {
        module = new FloatRows(megabytes * MEGABYTE);
        snapshot = module.stateDict(Policy.COPY);
        others = new FloatRows(megabytes * MEGABYTE).weight();
        long collections = collections() + 2;
        while (collections() < collections) {
            garbage = new byte[MEGABYTE / 4];
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    /** {@return the report of a load in place} */
    @Benchmark
    public LoadReport load() {
        return module.loadStateDict(snapshot, Policy.COPY);
    }

    /** Copies row by row, in pieces, on all processors. */
    @Benchmark
    public void byHand() {
        float[][] weight = module.weight();
        int rows = weight.length / PIECES;
        IntStream.range(0, PIECES).parallel().forEach(piece -> {
            for (int row = piece * rows; row < (piece + 1) * rows; row++) {
                System.arraycopy(others[row], 0, weight[row], 0, weight[row].length);
            }
        });
    }
}
