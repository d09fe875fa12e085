package dev.statedict.io;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to read a file. Immutable: each method gives a new value. Unless said otherwise everything is read. Every value is
 * read exactly, always.
 */
public final class ReadOptions {
    private static final ReadOptions DEFAULTS = new ReadOptions(null, false, 1 << 26, (done, total) -> {});

    private final @Nullable String part;
    private final boolean skipsForeign;
    private final long streamMemory;
    private final ProgressListener progress;

    private ReadOptions(@Nullable String part, boolean skipsForeign, long streamMemory, ProgressListener progress) {
        this.part = part;
        this.skipsForeign = skipsForeign;
        this.streamMemory = streamMemory;
        this.progress = progress;
    }

    /** {@return the options of {@link Checkpoints#load(java.nio.file.Path)}} */
    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Reads one part of a checkpoint alone: of <code>{"model": {"fc.weight": ...}, "epoch": 3}</code> the part
     * {@code model} is {@code fc.weight}.
     *
     * @param path what the keys begin with, without the dot behind it
     * @return these options with that part
     */
    public ReadOptions withPart(String path) {
        return new ReadOptions(Objects.requireNonNull(path), skipsForeign, streamMemory, progress);
    }

    /**
     * Leaves out what is neither a tensor of Java's nor a plain value: objects of Python, tensors of complex numbers and the
     * like, which {@link Checkpoint#foreign()} lists. Without it a file that holds such a thing can be opened, and read one
     * tensor at a time or in parts that hold none; reading it whole is an error that names each. Nothing in a file is executed
     * either way.
     *
     * @return these options, leaving such things out
     */
    public ReadOptions skipForeign() {
        return new ReadOptions(part, true, streamMemory, progress);
    }

    /**
     * How much of a stream is held in memory where it has to be read by position: a PyTorch checkpoint, and whatever is opened
     * and not loaded. A longer one goes to a temporary file, which is gone once it is read or closed. A safetensors stream that
     * is loaded goes right into its tensors, and is not held at all.
     *
     * @param bytes the most that is held in memory, 0 for nothing; 67,108,864 unless said otherwise
     * @return these options with that limit
     * @throws IllegalArgumentException when it is negative
     */
    public ReadOptions withStreamMemory(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a stream takes 0 bytes of memory or more, not " + bytes);
        }
        return new ReadOptions(part, skipsForeign, bytes, progress);
    }

    /**
     * Tells a listener how far it is.
     *
     * @param listener is told after each piece
     * @return these options with that listener
     */
    public ReadOptions withProgress(ProgressListener listener) {
        return new ReadOptions(part, skipsForeign, streamMemory, Objects.requireNonNull(listener));
    }

    @Nullable
    String part() {
        return part;
    }

    boolean skipsForeign() {
        return skipsForeign;
    }

    long streamMemory() {
        return streamMemory;
    }

    ProgressListener progress() {
        return progress;
    }
}
