package dev.statedict.io;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to read a file. Immutable: each method gives a new value. Unless said otherwise everything is read. Every value is
 * read exactly, always.
 */
public final class ReadOptions {
    private static final ReadOptions DEFAULTS = new ReadOptions(null, false, (done, total) -> {});

    private final @Nullable String part;
    private final boolean skipsForeign;
    private final ProgressListener progress;

    private ReadOptions(@Nullable String part, boolean skipsForeign, ProgressListener progress) {
        this.part = part;
        this.skipsForeign = skipsForeign;
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
        return new ReadOptions(Objects.requireNonNull(path), skipsForeign, progress);
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
        return new ReadOptions(part, true, progress);
    }

    /**
     * Tells a listener how far it is.
     *
     * @param listener is told after each piece
     * @return these options with that listener
     */
    public ReadOptions withProgress(ProgressListener listener) {
        return new ReadOptions(part, skipsForeign, Objects.requireNonNull(listener));
    }

    @Nullable
    String part() {
        return part;
    }

    boolean skipsForeign() {
        return skipsForeign;
    }

    ProgressListener progress() {
        return progress;
    }
}
