package dev.statedict.cli;

import dev.statedict.io.Checkpoint;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.HttpCheckpointSource;
import dev.statedict.io.ReadOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file or directory that was named, {@code -} for standard input, or a URL. Readers go by position: what comes through a pipe is put into
 * a temporary file first; of what lies on a server they fetch what they need.
 */
final class InputFile implements Closeable {
    /** What is said of it where a command asks for it. */
    static final String DESCRIPTION = "A checkpoint file, shard index, directory or URL; - for standard input.";

    private static final Path STANDARD_INPUT = Path.of("-");
    private static final String SPOOL = "statedict-spool-";
    private static final Pattern SPOOLED = Pattern.compile("\\S*" + SPOOL + "\\d+[/\\\\]");

    private static final Pattern URL = Pattern.compile("https?://.*", Pattern.DOTALL);

    private final Path path;
    private final @Nullable Path temporary;
    /** Where the file lies that is not fetched; then its path is none. */
    private final @Nullable URI address;

    private InputFile(Path path, @Nullable Path temporary, @Nullable URI address) {
        this.path = path;
        this.temporary = temporary;
        this.address = address;
    }

    static InputFile of(String name) throws InputException, IOException {
        if (isUrl(name)) {
            return new InputFile(Path.of("url"), null, uri(name));
        }
        return of(path(name));
    }

    static boolean isUrl(String text) {
        return URL.matcher(text).matches();
    }

    private static Path path(String name) throws InputException {
        try {
            return Path.of(name);
        } catch (InvalidPathException malformed) {
            throw new InputException(name + " is no path: " + malformed.getReason() + "; check it");
        }
    }

    private static URI uri(String name) throws InputException {
        try {
            return new URI(name);
        } catch (URISyntaxException malformed) {
            throw new InputException(name + " is no address: " + malformed.getReason() + "; check it");
        }
    }

    /** This file, on this machine: for readers that need all of it. */
    InputFile fetched() throws IOException {
        if (address == null) {
            return this;
        }
        try (HttpCheckpointSource source = HttpCheckpointSource.open(address)) {
            String name = String.valueOf(Path.of(address.getPath()).getFileName());
            return spooled(name, new SourceStream(source));
        }
    }

    /** A source, byte by byte. */
    private static final class SourceStream extends InputStream {
        private final HttpCheckpointSource source;
        private long position;

        SourceStream(HttpCheckpointSource source) {
            this.source = source;
            source.willRead(0, source.size());
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            int read = source.read(ByteBuffer.wrap(bytes, offset, count), position);
            position += Math.max(read, 0);
            return read;
        }
    }

    private static InputFile of(Path given) throws IOException {
        if (given.equals(STANDARD_INPUT)) {
            return spooled("standard input", System.in);
        }
        if (Files.exists(given) && !Files.isRegularFile(given) && !Files.isDirectory(given)) {
            try (InputStream pipe = Files.newInputStream(given)) {
                return spooled("pipe " + given.getFileName(), pipe);
            }
        }
        return new InputFile(given, null, null);
    }

    private static InputFile spooled(String name, InputStream stream) throws IOException {
        Path directory = Files.createTempDirectory(SPOOL);
        Path file = directory.resolve(name);
        InputFile spooled = new InputFile(file, file, null);
        try {
            Files.copy(stream, file);
            return spooled;
        } catch (IOException failed) {
            spooled.close();
            throw failed;
        }
    }

    /** A message in which a temporary file is called by what was put into it. */
    static String named(String message) {
        return message.contains(SPOOL) ? SPOOLED.matcher(message).replaceAll("") : message;
    }

    Path path() {
        return path;
    }

    /** What it is called on the screen. */
    String name() {
        return address == null
                ? named(path.toString())
                : address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
    }

    Checkpoint open() throws IOException {
        return open(ReadOptions.defaults());
    }

    Checkpoint open(ReadOptions options) throws IOException {
        return address == null
                ? Checkpoints.open(path, options)
                : Checkpoints.open(HttpCheckpointSource.open(address), options);
    }

    @Override
    public void close() throws IOException {
        if (temporary != null) {
            Files.deleteIfExists(temporary);
            Files.deleteIfExists(temporary.resolveSibling(""));
        }
    }
}
