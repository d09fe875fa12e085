package dev.statedict.spark;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.WriteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The file of a saved model: plain safetensors, on any file system that Hadoop knows. */
final class ModelFile {
    private static final String NAME = "model.safetensors";
    private static final String WIDTH = "numFeatures";

    private ModelFile() {}

    /** What the file holds. */
    record Content(StateDict state, int width) {}

    static void write(String directory, StateDict state, int width, SparkSession session) {
        try {
            java.nio.file.Path local = Files.createTempFile("model", ".safetensors");
            try {
                Checkpoints.save(
                        local, state, WriteOptions.defaults().withMetadata(Map.of(WIDTH, Integer.toString(width))));
                RemoteFiles.of(new Path(directory), session.sparkContext().hadoopConfiguration())
                        .upload(local, NAME);
            } finally {
                Files.deleteIfExists(local);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Content read(String directory, SparkSession session) {
        try {
            java.nio.file.Path local = Files.createTempFile("model", ".safetensors");
            try {
                RemoteFiles.of(new Path(directory), session.sparkContext().hadoopConfiguration())
                        .download(NAME, local);
                try (Checkpoint checkpoint = Checkpoints.open(local)) {
                    return new Content(
                            checkpoint.stateDict().copy(),
                            Integer.parseInt(checkpoint.metadata().get(WIDTH)));
                }
            } finally {
                Files.deleteIfExists(local);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
