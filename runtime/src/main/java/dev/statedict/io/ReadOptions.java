package dev.statedict.io;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to read a file. Immutable: each method gives a new value. Unless said otherwise everything is read. Every value is
 * read exactly, always.
 */
public final class ReadOptions {
    private static final ReadOptions DEFAULTS = new ReadOptions(null, false, 1 << 26, List.of(), (done, total) -> {});

    private final @Nullable String part;
    private final boolean skipsForeign;
    private final long streamMemory;
    private final List<PublicKey> verification;
    private final ProgressListener progress;

    private ReadOptions(
            @Nullable String part,
            boolean skipsForeign,
            long streamMemory,
            List<PublicKey> verification,
            ProgressListener progress) {
        this.part = part;
        this.skipsForeign = skipsForeign;
        this.streamMemory = streamMemory;
        this.verification = verification;
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
        return new ReadOptions(Objects.requireNonNull(path), skipsForeign, streamMemory, verification, progress);
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
        return new ReadOptions(part, true, streamMemory, verification, progress);
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
        return new ReadOptions(part, skipsForeign, bytes, verification, progress);
    }

    /**
     * Reads only what one of these keys has signed (see {@link WriteOptions#withSigner}). The signature is verified when the file is
     * opened, before anything of it is handed out, and each tensor when it is read: what was not signed, was signed by another
     * key, or has changed since is a {@link CheckpointFormatException}. So is what a file holds beside what is signed: plain
     * values of a {@code .pt}, and foreign things.
     *
     * @param keys of Ed25519, one at least
     * @return these options with that verification, in place of any before
     * @throws IllegalArgumentException when there is none, or one is of another algorithm
     * @throws IllegalStateException when the runtime image has no Ed25519, for want of the module {@code jdk.crypto.ec}
     */
    public ReadOptions withVerification(PublicKey... keys) {
        if (keys.length == 0) {
            throw new IllegalArgumentException("give a key, or nothing is verified");
        }
        List<PublicKey> trusted = new ArrayList<>(keys.length);
        for (PublicKey key : keys) {
            trusted.add(Signing.requireEd25519(key));
        }
        return new ReadOptions(part, skipsForeign, streamMemory, List.copyOf(trusted), progress);
    }

    /**
     * Tells a listener how far it is.
     *
     * @param listener is told after each piece
     * @return these options with that listener
     */
    public ReadOptions withProgress(ProgressListener listener) {
        return new ReadOptions(part, skipsForeign, streamMemory, verification, Objects.requireNonNull(listener));
    }

    @Nullable
    String part() {
        return part;
    }

    boolean skipsForeign() {
        return skipsForeign;
    }

    List<PublicKey> verification() {
        return verification;
    }

    long streamMemory() {
        return streamMemory;
    }

    ProgressListener progress() {
        return progress;
    }
}
