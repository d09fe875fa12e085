package dev.statedict.io;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.pytorch.LegacyReader;
import dev.statedict.io.pytorch.PytorchReader;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.safetensors.SafetensorsReader;
import dev.statedict.io.safetensors.ShardedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out what a file is, by its content, and opens it. */
final class CheckpointFiles {
    private static final String INDEX_SUFFIX = ".index.json";

    /** {@code usta}, little-endian. */
    private static final int TAR_MAGIC = 0x61747375;

    private static final int TAR_MAGIC_OFFSET = 257;
    private static final byte PICKLE_PROTO = (byte) 0x80;

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
        if (SafetensorsReader.recognizes(file)) {
            return SafetensorsReader.open(file);
        }
        if (PytorchReader.recognizes(file)) {
            return PytorchReader.open(file);
        }
        if (LegacyReader.recognizes(file)) {
            return LegacyReader.open(file);
        }
        if (name.endsWith(".safetensors")) {
            return SafetensorsReader.open(file);
        }
        throw new FormatException(unknown(file));
    }

    private static String unknown(FileBytes file) throws IOException {
        if (file.length() >= TAR_MAGIC_OFFSET + Integer.BYTES
                && file.read(TAR_MAGIC_OFFSET, Integer.BYTES).getInt() == TAR_MAGIC) {
            return "a tar archive, as PyTorch wrote before version 0.1.10; load it in PyTorch and save it again";
        }
        if (file.length() > 0 && file.read(0, 1).get() == PICKLE_PROTO) {
            return "a pickle that torch.save did not write;"
                    + " load it in Python and save it by torch.save or safetensors";
        }
        return "neither safetensors nor a PyTorch checkpoint";
    }
}
