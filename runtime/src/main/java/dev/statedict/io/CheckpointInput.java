package dev.statedict.io;

import dev.statedict.StateDict;
import dev.statedict.event.Recorder;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a checkpoint is read from: each door of {@link Checkpoints}, to be opened or loaded once. */
abstract class CheckpointInput {
    static CheckpointInput of(Path path) {
        return new OnPath(path);
    }

    static CheckpointInput of(CheckpointSource source) {
        return new ByPosition(() -> CheckpointFiles.bytes(source));
    }

    static CheckpointInput of(ByteBuffer bytes) {
        return new ByPosition(() -> FileBytes.of("<bytes>", bytes));
    }

    static CheckpointInput of(InputStream stream) {
        return new OfStream(CheckpointFiles.STREAM, stream);
    }

    static CheckpointInput of(Class<?> beside, String resource) throws IOException {
        return of(UrlFiles.resource(beside, resource));
    }

    /** A file or a server's file where the URL leads to one, else a stream. */
    static CheckpointInput of(URL url) throws IOException {
        Path path = UrlFiles.path(url);
        if (path != null) {
            return of(path);
        }
        CheckpointSource source = UrlFiles.source(url);
        return source != null ? of(source) : new ByUrl(url);
    }

    /** Opens it without reading tensors. */
    abstract Checkpoint open(ReadOptions options) throws IOException;

    /** Reads all tensors. */
    StateDict load(ReadOptions options) throws IOException {
        Recorder.Begun event = Recorder.load();
        try (Checkpoint checkpoint = open(options)) {
            StateDict dict = checkpoint.stateDict();
            event.end(path(), dict.values());
            return dict;
        }
    }

    /** Where it lies, for who records loads; null where that is no path. */
    @Nullable
    Path path() {
        return null;
    }

    private static Checkpoint checkpoint(String name, @Nullable Path path, FileContent content, ReadOptions options)
            throws IOException {
        try {
            content.requireDigestedTensors();
            if (!options.verification().isEmpty()) {
                Signing.verify(content, options.verification());
            }
            String part = options.part();
            return new Checkpoint(name, path, part == null ? content : content.part(part), options);
        } catch (FormatException broken) {
            content.close();
            throw broken;
        }
    }

    private static final class OnPath extends CheckpointInput {
        private final Path path;

        OnPath(Path path) {
            this.path = path;
        }

        @Override
        Checkpoint open(ReadOptions options) throws IOException {
            try {
                return checkpoint(path.toString(), path, CheckpointFiles.open(path), options);
            } catch (FormatException broken) {
                throw new CheckpointFormatException(path, broken);
            }
        }

        @Override
        Path path() {
            return path;
        }
    }

    /** Gives bytes that can be read by position. */
    private interface Bytes {
        FileBytes open() throws IOException;
    }

    private static final class ByPosition extends CheckpointInput {
        private final Bytes bytes;

        ByPosition(Bytes bytes) {
            this.bytes = bytes;
        }

        @Override
        Checkpoint open(ReadOptions options) throws IOException {
            FileBytes file = bytes.open();
            try {
                return checkpoint(file.name(), file.path(), CheckpointFiles.open(file), options);
            } catch (FormatException broken) {
                throw new CheckpointFormatException(file.name(), file.path(), broken);
            }
        }
    }

    /** A stream, which is held to be opened, and read in one pass to be loaded; not closed. */
    private static final class OfStream extends CheckpointInput {
        private final String name;
        private final InputStream stream;

        OfStream(String name, InputStream stream) {
            this.name = name;
            this.stream = stream;
        }

        @Override
        Checkpoint open(ReadOptions options) throws IOException {
            try {
                return new ByPosition(() -> CheckpointFiles.spooled(name, stream, options.streamMemory()))
                        .open(options);
            } catch (FormatException broken) {
                throw new CheckpointFormatException(name, null, broken);
            }
        }

        @Override
        StateDict load(ReadOptions options) throws IOException {
            Recorder.Begun event = Recorder.load();
            try {
                FileContent content = CheckpointFiles.openInOnePass(name, stream, options);
                try (Checkpoint checkpoint = checkpoint(name, null, content, options)) {
                    StateDict dict = checkpoint.stateDict();
                    content.requireEnd();
                    event.end(null, dict.values());
                    return dict;
                }
            } catch (FormatException broken) {
                throw new CheckpointFormatException(name, null, broken);
            }
        }
    }

    private static final class ByUrl extends CheckpointInput {
        private final URL url;

        ByUrl(URL url) {
            this.url = url;
        }

        @Override
        Checkpoint open(ReadOptions options) throws IOException {
            try (InputStream stream = UrlFiles.stream(url)) {
                return new OfStream(url.toString(), stream).open(options);
            }
        }

        @Override
        StateDict load(ReadOptions options) throws IOException {
            try (InputStream stream = UrlFiles.stream(url)) {
                return new OfStream(url.toString(), stream).load(options);
            }
        }
    }
}
