package dev.statedict.io;

import dev.statedict.io.file.FileBytes;
import dev.statedict.io.file.FileContent;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.safetensors.SafetensorsReader;
import dev.statedict.io.safetensors.ShardedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out what a file is, by its content, and opens it. */
final class CheckpointFiles {
    private static final String INDEX_SUFFIX = ".index.json";

    private CheckpointFiles() {}

    static FileContent open(Path path) throws IOException {
        Path index = path.resolveSibling(path.getFileName() + INDEX_SUFFIX);
        // a save under this name may have made shards
        boolean sharded = Files.notExists(path) && Files.exists(index);
        FileBytes file = FileBytes.open(sharded ? index : path);
        try {
            return open(file);
        } catch (IOException | RuntimeException | Error failed) {
            file.close();
            throw failed;
        }
    }

    private static FileContent open(FileBytes file) throws IOException {
        String name = file.path().toString();
        if (name.endsWith(INDEX_SUFFIX)) {
            return ShardedReader.open(file);
        }
        if (SafetensorsReader.recognizes(file) || name.endsWith(".safetensors")) {
            return SafetensorsReader.open(file);
        }
        throw new FormatException("neither safetensors nor a PyTorch checkpoint");
    }
}
