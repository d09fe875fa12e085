package dev.statedict.benchmark;

import dev.statedict.Stateful;
import dev.statedict.benchmark.model.Linear;
import dev.statedict.io.CheckpointManager;
import dev.statedict.io.CheckpointManagerOptions;
import dev.statedict.io.WhenBusy;
import dev.statedict.io.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long training stands still for a checkpoint that another thread writes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
@Fork(jvmArgsAppend = {"-Xms6g", "-Xmx15g"})
public class CheckpointBenchmark {
    /** Inputs, and outputs, of a layer. */
    @Param("8192")
    public int features = 1;

    private Linear layer = new Linear(1, 1);
    private float[] copied = {};
    private Map<String, Stateful> parts = Map.of();
    private long step;
    private @Nullable Path directory;
    private @Nullable CheckpointManager manager;

    /**
     * Makes the layer and opens a directory.
     *
     * @throws IOException when that fails
     */
    @Setup
    public void open() throws IOException {
        layer = new Linear(features, features);
        copied = layer.weight().storage().clone();
        parts = Map.of("model", layer);
        String files = System.getProperty("statedict.benchmark.files");
        directory = files == null
                ? Files.createTempDirectory("checkpoints")
                : Files.createTempDirectory(Path.of(files), "checkpoints");
        manager = CheckpointManager.open(
                directory,
                CheckpointManagerOptions.defaults()
                        .withKeepLast(1)
                        .withWriteOptions(WriteOptions.defaults())
                        .withAsynchronousSaves(WhenBusy.WAIT));
    }

    /**
     * Lets the last save end.
     *
     * @throws IOException when it failed
     */
    @Setup(Level.Invocation)
    public void await() throws IOException {
        manager().await();
    }

    /**
     * {@return whether the snapshot was taken}
     *
     * @throws IOException when that fails
     */
    @Benchmark
    public boolean save() throws IOException {
        return manager().save(step++, parts, Map.of());
    }

    /** Goes before a copy by hand, that it finds the machine as a save does: another has just been written. */
    @State(Scope.Thread)
    public static class AfterSave {
        /**
         * Saves, and lets the save end.
         *
         * @param benchmark whose manager saves
         * @throws IOException when that fails
         */
        @Setup(Level.Invocation)
        public void save(CheckpointBenchmark benchmark) throws IOException {
            benchmark.save();
            benchmark.await();
        }
    }

    /**
     * The fastest copy of the layer in place, as seldom as a checkpoint is made.
     *
     * @param afterSave what goes before
     */
    @Benchmark
    public void copyInPlace(AfterSave afterSave) {
        LargeBenchmark.copyInPieces(layer.weight().storage(), copied);
    }

    private CheckpointManager manager() {
        if (manager == null) {
            throw new IllegalStateException("not open");
        }
        return manager;
    }

    /**
     * Deletes the files.
     *
     * @throws IOException when that fails
     */
    @TearDown
    public void delete() throws IOException {
        manager().close();
        if (directory != null) {
            List<Path> files;
            try (Stream<Path> all = Files.walk(directory)) {
                files = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
