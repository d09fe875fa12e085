package dev.statedict.benchmark;

import dev.statedict.benchmark.model.ManyTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Where the file lies, and how large it is. */
@State(Scope.Benchmark)
public class FilePlace {
    /** All tensors together. */
    @Param({"256", "1024"})
    public int megabytes = 1;

    /** The suffix of the file, which says its format. */
    @Param("safetensors")
    public String format = "safetensors";

    private Path directory = Path.of("");
    private Path file = directory;

    /** Makes the directory. */
    @Setup
    public void createDirectory() throws IOException {
        String parent = System.getProperty("statedict.benchmark.files", System.getProperty("java.io.tmpdir"));
        directory = Files.createTempDirectory(Path.of(parent), "statedict");
        file = directory.resolve("model." + format);
    }

    /** Removes it. */
    @TearDown
    public void removeDirectory() throws IOException {
        Files.deleteIfExists(file);
        Files.delete(directory);
    }

    Path file() {
        return file;
    }

    /** How many bytes the tensors have together. */
    long bytes() {
        return megabytes * 1024L * 1024;
    }

    ManyTensors module() {
        return new ManyTensors((int) (bytes() / Float.BYTES / ManyTensors.COUNT));
    }
}
