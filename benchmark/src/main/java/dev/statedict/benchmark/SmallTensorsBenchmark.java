package dev.statedict.benchmark;

import dev.statedict.StateDict;
import dev.statedict.benchmark.model.ManyTensors;
import dev.statedict.io.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Files of many tensors of 16 elements: what counts is what a tensor costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SmallTensorsBenchmark {
    private static final int ELEMENTS = 16;

    /** How many. */
    @Param({"5000", "50000"})
    public int tensors = 1;

    /** The suffix of the file, which says its format. */
    @Param({"pt", "safetensors"})
    public String format = "pt";

    private Path file = Path.of("");

    /**
     * Saves them.
     *
     * @throws IOException when that fails
     */
    @Setup
    public void save() throws IOException {
        Path parent = Path.of(System.getProperty("statedict.benchmark.files", System.getProperty("java.io.tmpdir")));
        file = Files.createTempFile(parent, "statedict", "." + format);
        Checkpoints.save(file, new ManyTensors(tensors, ELEMENTS).stateDict());
    }

    /**
     * {@return all tensors}
     *
     * @throws IOException when that fails
     */
    @Benchmark
    public StateDict load() throws IOException {
        return Checkpoints.load(file);
    }

    /**
     * Deletes the file.
     *
     * @throws IOException when that fails
     */
    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }
}
