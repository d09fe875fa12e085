package dev.statedict.io;

import dev.statedict.io.file.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file is broken, hostile, of no known format, or holds what no tensor of Java's can. The message names the file, the
 * place in it, and the rule with both numbers: {@code model.safetensors: expected 1,048,576 bytes of data at offset 96,
 * the file has 512}. What is no file has a name in its place: {@code <stream>}, {@code <bytes>}, the one that a {@link
 * CheckpointSource} gives itself.
 */
public final class CheckpointFormatException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Path file;

    CheckpointFormatException(Path file, FormatException problem) {
        this(file.toString(), file, problem);
    }

    CheckpointFormatException(String name, @Nullable Path file, FormatException problem) {
        super(name + ": " + problem.getMessage());
        this.file = file;
    }

    CheckpointFormatException(CheckpointFormatException problem, String help) {
        super(problem.getMessage() + "; " + help, problem);
        this.file = problem.file;
    }

    /** {@return the file, as it was given to be opened; null for what is no file, and after deserialization} */
    public @Nullable Path file() {
        return file;
    }
}
