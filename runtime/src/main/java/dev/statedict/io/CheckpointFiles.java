package dev.statedict.io;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.hub.DistributedShards;
import dev.statedict.io.hub.ShardedReader;
import dev.statedict.io.hub.WeightsDirectory;
import dev.statedict.io.numpy.NumpyReader;
import dev.statedict.io.pytorch.LegacyReader;
import dev.statedict.io.pytorch.PytorchReader;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.Spool;
import dev.statedict.io.safetensors.SafetensorsReader;
import dev.statedict.io.statedict.StatedictReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out what a file is, by its content, and opens it. */
final class CheckpointFiles {
    private static final String INDEX_SUFFIX = ".index.json";

    static final String STREAM = "<stream>";

    private static final int START_BYTES = 512;
    private static final String LFS_POINTER = "version https://git-lfs.github.com/spec/";
    private static final Pattern HTML = Pattern.compile(
            "\\s*(<!--.*?-->\\s*)?<(!doctype\\s+html|html|head|body)\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final String TAR_MAGIC = "usta";

    private static final int TAR_MAGIC_OFFSET = 257;
    private static final String PICKLE_PROTO = "\u0080";

    private CheckpointFiles() {}

    static FileContent open(Path path) throws IOException {
        Path index = path.resolveSibling(path.getFileName() + INDEX_SUFFIX);
        // a save under this name may have made shards
        boolean sharded = Files.notExists(path) && Files.exists(index);
        if (Files.isDirectory(path)) {
            return openDirectory(path);
        }
        return open(FileBytes.open(sharded ? index : path));
    }

    private static FileContent openDirectory(Path directory) throws IOException {
        Path weights = WeightsDirectory.weights(directory);
        if (Files.isDirectory(weights)) {
            return DistributedShards.open(weights, CheckpointFiles::recognizeOrClose);
        }
        try {
            return open(FileBytes.open(weights));
        } catch (FormatException broken) {
            throw new FormatException(directory.relativize(weights) + ": " + broken.getMessage());
        }
    }

    /**
     * What a stream holds, which may be read once, from the front to the back, where its format is such: a part of what
     * statedict itself has written is not.
     */
    static FileContent openInOnePass(String name, InputStream stream, ReadOptions options) throws IOException {
        byte[] start = start(stream);
        FileBytes known = FileBytes.of(name, ByteBuffer.wrap(start));
        if (SafetensorsReader.recognizes(known)) {
            return alone(SafetensorsReader.open(FileBytes.ofStream(name, start, stream)), name);
        }
        if (StatedictReader.recognizes(known) && options.part() == null) {
            return alone(StatedictReader.open(FileBytes.ofStream(name, start, stream)), name);
        }
        return open(Spool.of(name, start, stream, options.streamMemory()));
    }

    /** The bytes of a stream that was read to its end. */
    static FileBytes spooled(String name, InputStream stream, long memory) throws IOException {
        return Spool.of(name, start(stream), stream, memory);
    }

    private static byte[] start(InputStream stream) throws IOException {
        byte[] start = Spool.start(stream, START_BYTES);
        if (start.length == 0) {
            throw new FormatException("the stream is empty; it was cut short, or read before: read it from its source");
        }
        return start;
    }

    /** The bytes of a source, which are closed with it, or at once if it fails. */
    static FileBytes bytes(CheckpointSource source) throws IOException {
        try {
            return FileBytes.of(source.name(), source.size(), new SourceReader(source), source);
        } catch (IOException | RuntimeException | Error failed) {
            source.close();
            throw failed;
        }
    }

    private record SourceReader(CheckpointSource source) implements FileBytes.Reader {
        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return source.read(target, position);
        }

        @Override
        public void willRead(long position, long count) {
            source.willRead(position, count);
        }
    }

    /** Opens what is no directory. The bytes are closed with the content, or at once if this fails. */
    static FileContent open(FileBytes file) throws IOException {
        return alone(recognizeOrClose(file), file.name());
    }

    private static FileContent alone(FileContent content, String name) throws IOException {
        try {
            return DistributedShards.alone(content, name);
        } catch (IOException | RuntimeException | Error failed) {
            content.close();
            throw failed;
        }
    }

    private static FileContent recognizeOrClose(FileBytes file) throws IOException {
        try {
            return recognize(file);
        } catch (IOException | RuntimeException | Error failed) {
            file.close();
            throw failed;
        }
    }

    private static FileContent recognize(FileBytes file) throws IOException {
        String name = file.name();
        if (name.endsWith(INDEX_SUFFIX)) {
            Path path = file.path();
            if (path == null) {
                throw new FormatException("a shard index, which names files beside it; give its path");
            }
            return ShardedReader.open(file, path, CheckpointFiles::open);
        }
        if (SafetensorsReader.recognizes(file)) {
            return SafetensorsReader.open(file);
        }
        if (StatedictReader.recognizes(file)) {
            return StatedictReader.open(file);
        }
        if (NumpyReader.recognizes(file)) {
            return NumpyReader.open(file);
        }
        if (PytorchReader.recognizes(file)) {
            return PytorchReader.open(file);
        }
        if (LegacyReader.recognizes(file)) {
            return LegacyReader.open(file);
        }
        String start = new String(
                file.read(0, (int) Math.min(file.length(), START_BYTES)).array(), StandardCharsets.ISO_8859_1);
        String text = text(start);
        if (text == null && name.endsWith(".safetensors")) {
            return SafetensorsReader.open(file);
        }
        throw new FormatException(text == null ? other(start) : text);
    }

    /** What a text is that stands in place of a file; null for anything else. */
    private static @Nullable String text(String start) {
        if (start.startsWith(LFS_POINTER)) {
            return "a pointer of Git LFS in place of the file; fetch it by git lfs pull";
        }
        return HTML.matcher(start).lookingAt()
                ? "a web page (HTML), perhaps one that says why there is no file; download the file itself"
                : null;
    }

    /** What a file is that nobody here reads. */
    private static String other(String start) {
        if (start.startsWith(TAR_MAGIC, TAR_MAGIC_OFFSET)) {
            return "a tar archive, as PyTorch wrote before version 0.1.10; load it in PyTorch and save it again";
        }
        return start.startsWith(PICKLE_PROTO)
                ? "a pickle that torch.save did not write;"
                        + " load it in Python and save it by torch.save or safetensors"
                : "neither safetensors nor a checkpoint of PyTorch, NumPy or statedict";
    }
}
