package dev.statedict.io;

import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.io.copy.UnreadEntries;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.write.StoredDict;
import dev.statedict.io.write.StoredEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How to write a file. Immutable: each method gives a new value. Unless said otherwise every entry is stored as the type
 * that it remembers while that holds every element, else as its own type in memory, in one file, and the disk has it all when the call
 * returns.
 */
public final class WriteOptions {
    private static final WriteOptions DEFAULTS =
            new WriteOptions(null, null, Long.MAX_VALUE, null, false, null, true, (done, total) -> {});

    private final @Nullable CheckpointFormat format;
    private final @Nullable StoredType storedType;
    private final long shardSize;
    private final @Nullable Map<String, String> metadata;
    private final boolean digest;
    private final @Nullable PrivateKey signer;
    private final boolean flush;
    private final ProgressListener progress;

    private WriteOptions(
            @Nullable CheckpointFormat format,
            @Nullable StoredType storedType,
            long shardSize,
            @Nullable Map<String, String> metadata,
            boolean digest,
            @Nullable PrivateKey signer,
            boolean flush,
            ProgressListener progress) {
        this.format = format;
        this.storedType = storedType;
        this.shardSize = shardSize;
        this.metadata = metadata;
        this.digest = digest;
        this.signer = signer;
        this.flush = flush;
        this.progress = progress;
    }

    /** {@return the options of {@link Checkpoints#save(java.nio.file.Path, dev.statedict.StateDict)}} */
    public static WriteOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Writes this format, whatever the suffix of the path; and to a stream or to bytes, which are safetensors otherwise.
     *
     * @param format which
     * @return these options with that format
     */
    public WriteOptions withFormat(CheckpointFormat format) {
        return new WriteOptions(
                Objects.requireNonNull(format), storedType, shardSize, metadata, digest, signer, flush, progress);
    }

    /**
     * Stores all floating-point entries as one type, each element as the nearest that the type has; integers and
     * booleans stay what they are, as with {@code module.half()} in PyTorch. An element that is too large for the
     * type is an error.
     *
     * @param type {@link StoredType#F32}, {@link StoredType#F16}, {@link StoredType#BF16}, {@link StoredType#F64} or one of
     *     the 8-bit floats
     * @return these options with that type
     * @throws IllegalArgumentException for any other type
     */
    public WriteOptions withStoredType(StoredType type) {
        switch (type) {
            case F64, F32, F16, BF16, F8_E4M3, F8_E5M2, F8_E4M3FNUZ, F8_E5M2FNUZ -> {}
            default ->
                throw new IllegalArgumentException(
                        "floating-point entries are stored as F32, F16, BF16, F64 or an 8-bit float, not as " + type);
        }
        return new WriteOptions(format, type, shardSize, metadata, digest, signer, flush, progress);
    }

    /**
     * Splits a safetensors file into shards of limited size, beside an index, once it would be larger. A tensor that is
     * larger by itself gets a shard of its own.
     *
     * @param bytes the most bytes of tensors in one shard; 5,000,000,000 is customary
     * @return these options with that limit
     * @throws IllegalArgumentException when the limit is not positive
     */
    public WriteOptions withShardSize(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a shard takes one byte or more, not " + bytes);
        }
        return new WriteOptions(format, storedType, bytes, metadata, digest, signer, flush, progress);
    }

    /**
     * Sets the metadata, texts by name, in place of what a format has by default: <code>{"format": "pt"}</code> in
     * safetensors, which some readers ask for, and nothing in PyTorch's.
     *
     * @param entries all metadata, copied
     * @return these options with that metadata
     * @throws IllegalArgumentException for the names {@code statedict} and {@code statedict.signature}, which are reserved
     */
    public WriteOptions withMetadata(Map<String, String> entries) {
        Map<String, String> copy = new LinkedHashMap<>();
        entries.forEach((name, value) -> {
            if (name.equals(ReservedMetadata.KEY) || name.equals(Signing.KEY)) {
                throw new IllegalArgumentException("the metadata name \"" + name + "\" is reserved");
            }
            copy.put(Names.requireUnicode(name), Names.requireUnicode(value));
        });
        return new WriteOptions(
                format, storedType, shardSize, Collections.unmodifiableMap(copy), digest, signer, flush, progress);
    }

    /**
     * Adds a SHA-256 digest of each tensor's stored bytes to the metadata. Whoever reads the tensor with this library
     * then learns of any change; it protects from accidents, not from an author of files who computes digests too.
     *
     * @return these options with digests
     */
    public WriteOptions withDigest() {
        return new WriteOptions(format, storedType, shardSize, metadata, true, signer, flush, progress);
    }

    /**
     * Signs what is written, by Ed25519: the digest of each tensor, which is added as by {@link #withDigest()}, with its key, type
     * and shape; the metadata; versions and extra state. Whoever reads it with {@link ReadOptions#withVerification} and the
     * public key knows that nobody else has made or changed it. Not signed are the order of keys, which of them are tied, and
     * in {@code .statedict} roles and remembered types.
     *
     * {@snippet class="com.example.Sources" region="signed"}
     *
     * @param key of Ed25519; one that a token or a service keeps will do
     * @return these options, signing
     * @throws IllegalArgumentException when it is of another algorithm
     * @throws IllegalStateException when the runtime image has no Ed25519, for want of the module {@code jdk.crypto.ec}
     */
    public WriteOptions withSigner(PrivateKey key) {
        return new WriteOptions(
                format, storedType, shardSize, metadata, digest, Signing.requireEd25519(key), flush, progress);
    }

    /**
     * Whether a save waits until the disk has it all. Without it a save is several times as fast and a power cut soon
     * after may lose the file, old and new; the end of the process, however it ends, does no harm either way.
     *
     * @param wait true, the default, to wait
     * @return these options with that choice
     */
    public WriteOptions withFlush(boolean wait) {
        return new WriteOptions(format, storedType, shardSize, metadata, digest, signer, wait, progress);
    }

    /**
     * Tells a listener how far it is.
     *
     * @param listener is told after each piece
     * @return these options with that listener
     */
    public WriteOptions withProgress(ProgressListener listener) {
        return new WriteOptions(
                format, storedType, shardSize, metadata, digest, signer, flush, Objects.requireNonNull(listener));
    }

    /** The format, where the place says none. */
    CheckpointFormat format() {
        return format == null ? CheckpointFormat.SAFETENSORS : format;
    }

    /** The format of a file. */
    CheckpointFormat format(Path path) {
        return format == null ? CheckpointFormat.of(path) : format;
    }

    /** What of a dict is stored in a format that has some metadata by default. */
    StoredDict stored(StateDict dict, Map<String, String> ofFormat) {
        return stored(dict, ofFormat, UnaryOperator.identity());
    }

    /** The same, of entries that take the form in which the format has them: what is digested and signed is what is stored. */
    StoredDict stored(StateDict dict, Map<String, String> ofFormat, UnaryOperator<StoredEntry> form) {
        return signed(StoredDict.of(dict, storedType, form, metadata(ofFormat), digest()));
    }

    private StoredDict signed(StoredDict stored) {
        return signer == null ? stored : Signing.sign(stored, signer);
    }

    @Nullable
    StoredType storedType() {
        return storedType;
    }

    /** The same with a signature, where there is to be one, of a dict that is written as it is in memory. */
    Map<String, String> signedMetadata(StateDict dict) {
        Map<String, String> texts = metadata(Map.of());
        return signer == null ? texts : Signing.sign(dict, texts, signer);
    }

    boolean digest() {
        return digest || signer != null;
    }

    /** What of unread entries is stored. */
    StoredDict stored(UnreadEntries entries, Map<String, String> ofFormat, UnaryOperator<StoredEntry> form)
            throws IOException {
        return signed(entries.stored(storedType, form, metadata(ofFormat), digest()));
    }

    /** The same in a format that has them as they would be in memory. */
    StoredDict storedAsInMemory(UnreadEntries entries) throws IOException {
        return signed(entries.storedAsInMemory(metadata(Map.of()), digest()));
    }

    /** The metadata to be written, given what the format has by default. */
    Map<String, String> metadata(Map<String, String> ofFormat) {
        return metadata == null ? ofFormat : metadata;
    }

    long shardSize() {
        return shardSize;
    }

    boolean isSharded() {
        return shardSize < Long.MAX_VALUE;
    }

    boolean flush() {
        return flush;
    }

    ProgressListener progress() {
        return progress;
    }
}
