package dev.statedict.cli;

import dev.statedict.io.Checkpoint;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.ReadOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file or directory that was named, {@code -} for standard input. Readers go by position: what comes through a pipe is put into a
 * temporary file first.
 */
final class InputFile implements Closeable {
    private static final Path STANDARD_INPUT = Path.of("-");
    private static final String SPOOL = "statedict-spool-";
    private static final Pattern SPOOLED = Pattern.compile("\\S*" + SPOOL + "\\d+[/\\\\]");

    private final Path path;
    private final @Nullable Path temporary;

    private InputFile(Path path, @Nullable Path temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    static InputFile of(Path given) throws IOException {
        if (given.equals(STANDARD_INPUT)) {
            return spooled("standard input", System.in);
        }
        if (Files.exists(given) && !Files.isRegularFile(given) && !Files.isDirectory(given)) {
            try (InputStream pipe = Files.newInputStream(given)) {
                return spooled("pipe " + given.getFileName(), pipe);
            }
        }
        return new InputFile(given, null);
    }

    private static InputFile spooled(String name, InputStream stream) throws IOException {
        Path directory = Files.createTempDirectory(SPOOL);
        Path file = directory.resolve(name);
        InputFile spooled = new InputFile(file, file);
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
        return named(path.toString());
    }

    Checkpoint open() throws IOException {
        return open(ReadOptions.defaults());
    }

    Checkpoint open(ReadOptions options) throws IOException {
        return Checkpoints.open(path, options);
    }

    @Override
    public void close() throws IOException {
        if (temporary != null) {
            Files.deleteIfExists(temporary);
            Files.deleteIfExists(temporary.resolveSibling(""));
        }
    }
}
