package dev.statedict.benchmark;

import dev.statedict.Stateful;
import dev.statedict.benchmark.model.Linear;
import dev.statedict.io.CheckpointManager;
import dev.statedict.io.CheckpointManagerOptions;
import dev.statedict.io.SavedCheckpoint;
import dev.statedict.io.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

/** A directory of many checkpoints. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class DirectoryBenchmark {
    /** How many. */
    @Param({"100", "1000"})
    public int checkpoints = 1;

    private final Map<String, Stateful> parts = Map.of("model", new Linear(1, 1));
    private @Nullable Path directory;
    private @Nullable CheckpointManager manager;
    private long step;

    /**
     * Makes them.
     *
     * @throws IOException when that fails
     */
    @Setup
    public void create() throws IOException {
        Path parent = Path.of(System.getProperty("statedict.benchmark.files", System.getProperty("java.io.tmpdir")));
        directory = Files.createTempDirectory(parent, "statedict");
        manager = CheckpointManager.open(
                directory,
                CheckpointManagerOptions.defaults()
                        .withKeepLast(checkpoints)
                        .withWriteOptions(WriteOptions.defaults().withFlush(false)));
        for (int i = 0; i < checkpoints; i++) {
            save();
        }
    }

    /**
     * {@return whether one was added, for which the oldest goes}
     *
     * @throws IOException when that fails
     */
    @Benchmark
    public boolean save() throws IOException {
        return manager().save(step++, parts, Map.of("loss", 1.0 / step));
    }

    /**
     * {@return all of them}
     *
     * @throws IOException when that fails
     */
    @Benchmark
    public List<SavedCheckpoint> list() throws IOException {
        return manager().all();
    }

    private CheckpointManager manager() {
        return Objects.requireNonNull(manager);
    }

    /**
     * Deletes them.
     *
     * @throws IOException when that fails
     */
    @TearDown
    public void delete() throws IOException {
        manager().close();
        List<Path> files;
        try (Stream<Path> all = Files.walk(Objects.requireNonNull(directory))) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
