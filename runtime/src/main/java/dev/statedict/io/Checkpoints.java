package dev.statedict.io;

import dev.statedict.SchemaReport;
import dev.statedict.StateDict;
import dev.statedict.StateDictSchema;
import dev.statedict.event.Recorder;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.safetensors.ShardedWriter;
import dev.statedict.io.transfer.Progress;
import dev.statedict.io.write.AtomicFile;
import dev.statedict.io.write.FileImage;
import dev.statedict.io.write.StoredDict;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Loads and saves state dicts.
 *
 * {@snippet class="com.example.Loading" region="files"}
 *
 * <p>Loading goes by content, saving by suffix: {@code .safetensors}; {@code .pt}, {@code .pth}, {@code .bin} or {@code
 * .ckpt} for PyTorch's; {@code .statedict} for all that a dict is; {@code .npz} and {@code .npy} for NumPy's (see {@link
 * CheckpointFormat}). Besides paths, of any file system, there are
 * streams, bytes, resources, URLs, and a {@link CheckpointSource} for anything that is read by position; whichever way a
 * checkpoint comes, it is the same dict. Nothing that is read is executed or trusted.
 */
public final class Checkpoints {
    private Checkpoints() {}

    /**
     * Loads a state dict.
     *
     * @param path a file of any format, a shard index, or a directory of weights
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws CheckpointFormatException when the file is broken, or holds what no type of Java's does
     * @throws IOException when the file cannot be read
     */
    public static StateDict load(Path path) throws IOException {
        return load(path, ReadOptions.defaults());
    }

    /**
     * Loads a state dict.
     *
     * @param path a file of any format, a shard index, or a directory of weights
     * @param options how
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws CheckpointFormatException when the file is broken, lacks the part, or holds what no type of Java's does
     * @throws IOException when the file cannot be read
     */
    public static StateDict load(Path path, ReadOptions options) throws IOException {
        Recorder.Begun event = Recorder.load();
        try (Checkpoint checkpoint = open(path, options)) {
            StateDict dict = checkpoint.stateDict();
            event.end(path, dict.values());
            return dict;
        }
    }

    /**
     * Opens a file without reading its tensors.
     *
     * @param path a file of any format, a shard index, or a directory of weights
     * @return the open file, to be closed
     * @throws CheckpointFormatException when the file is broken
     * @throws IOException when the file cannot be read
     */
    public static Checkpoint open(Path path) throws IOException {
        return open(path, ReadOptions.defaults());
    }

    /**
     * Opens a file without reading its tensors.
     *
     * @param path a file of any format, a shard index, or a directory of weights
     * @param options how
     * @return the open file, to be closed
     * @throws CheckpointFormatException when the file is broken, or lacks the part
     * @throws IOException when the file cannot be read
     */
    public static Checkpoint open(Path path, ReadOptions options) throws IOException {
        try {
            return checkpoint(path.toString(), path, CheckpointFiles.open(path), options);
        } catch (FormatException broken) {
            throw new CheckpointFormatException(path, broken);
        }
    }

    /**
     * Loads a state dict, and closes the source.
     *
     * @param source the bytes of a file of any format
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws CheckpointFormatException when it is broken, or holds what no type of Java's does
     * @throws IOException when the source cannot be read
     */
    public static StateDict load(CheckpointSource source) throws IOException {
        return load(source, ReadOptions.defaults());
    }

    /**
     * Loads a state dict, and closes the source.
     *
     * @param source the bytes of a file of any format
     * @param options how
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws CheckpointFormatException when it is broken, lacks the part, or holds what no type of Java's does
     * @throws IOException when the source cannot be read
     */
    public static StateDict load(CheckpointSource source, ReadOptions options) throws IOException {
        Recorder.Begun event = Recorder.load();
        try (Checkpoint checkpoint = open(source, options)) {
            StateDict dict = checkpoint.stateDict();
            event.end(null, dict.values());
            return dict;
        }
    }

    /**
     * Opens the bytes of a file without reading its tensors.
     *
     * @param source the bytes of a file of any format; closed with the checkpoint, and if this fails
     * @return the open file, to be closed
     * @throws CheckpointFormatException when it is broken
     * @throws IOException when the source cannot be read
     */
    public static Checkpoint open(CheckpointSource source) throws IOException {
        return open(source, ReadOptions.defaults());
    }

    /**
     * Opens the bytes of a file without reading its tensors.
     *
     * @param source the bytes of a file of any format; closed with the checkpoint, and if this fails
     * @param options how
     * @return the open file, to be closed
     * @throws CheckpointFormatException when it is broken, or lacks the part
     * @throws IOException when the source cannot be read
     */
    public static Checkpoint open(CheckpointSource source, ReadOptions options) throws IOException {
        return open(CheckpointFiles.bytes(source), options);
    }

    /**
     * Loads a state dict from a stream, which is read to its end and not closed. Safetensors and {@code .statedict} go right
     * into their tensors; what PyTorch or NumPy wrote is held in memory first, or in a temporary file (see {@link
     * ReadOptions#withStreamMemory}), and so is a {@code .statedict} of which a part alone is wanted. Only the calling thread
     * reads the stream.
     *
     * @param stream the bytes of a file of any format, and nothing behind them
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws CheckpointFormatException when it is broken, ends early, or holds what no type of Java's does
     * @throws IOException when the stream cannot be read
     */
    public static StateDict load(InputStream stream) throws IOException {
        return load(stream, ReadOptions.defaults());
    }

    /**
     * Loads a state dict from a stream, which is read to its end and not closed, as {@link #load(InputStream)} does.
     *
     * @param stream the bytes of a file of any format, and nothing behind them
     * @param options how
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws CheckpointFormatException when it is broken, ends early, lacks the part, or holds what no type of Java's does
     * @throws IOException when the stream cannot be read
     */
    public static StateDict load(InputStream stream, ReadOptions options) throws IOException {
        return loadInOnePass(CheckpointFiles.STREAM, stream, options);
    }

    private static StateDict loadInOnePass(String name, InputStream stream, ReadOptions options) throws IOException {
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

    /**
     * Reads a stream to its end, and opens what it holds without making tensors of it. The bytes are held in memory or in a
     * temporary file (see {@link ReadOptions#withStreamMemory}) until the checkpoint is closed.
     *
     * @param stream the bytes of a file of any format, and nothing behind them; not closed
     * @return the checkpoint, to be closed
     * @throws CheckpointFormatException when it is broken or ends early
     * @throws IOException when the stream cannot be read
     */
    public static Checkpoint open(InputStream stream) throws IOException {
        return open(stream, ReadOptions.defaults());
    }

    /**
     * Reads a stream to its end, and opens what it holds without making tensors of it, as {@link #open(InputStream)} does.
     *
     * @param stream the bytes of a file of any format, and nothing behind them; not closed
     * @param options how
     * @return the checkpoint, to be closed
     * @throws CheckpointFormatException when it is broken, ends early, or lacks the part
     * @throws IOException when the stream cannot be read
     */
    public static Checkpoint open(InputStream stream, ReadOptions options) throws IOException {
        return openSpooled(CheckpointFiles.STREAM, stream, options);
    }

    private static Checkpoint openSpooled(String name, InputStream stream, ReadOptions options) throws IOException {
        try {
            return open(CheckpointFiles.spooled(name, stream, options.streamMemory()), options);
        } catch (FormatException broken) {
            throw new CheckpointFormatException(name, null, broken);
        }
    }

    /**
     * Loads a state dict.
     *
     * @param bytes those of a file of any format
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws CheckpointFormatException when they are broken, or hold what no type of Java's does
     * @throws IOException never otherwise
     */
    public static StateDict load(byte[] bytes) throws IOException {
        return load(ByteBuffer.wrap(bytes));
    }

    /**
     * Loads a state dict.
     *
     * @param bytes those of a file of any format
     * @param options how
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws CheckpointFormatException when they are broken, lack the part, or hold what no type of Java's does
     * @throws IOException never otherwise
     */
    public static StateDict load(byte[] bytes, ReadOptions options) throws IOException {
        return load(ByteBuffer.wrap(bytes), options);
    }

    /**
     * Opens the bytes of a file without making tensors of them.
     *
     * @param bytes those of a file of any format; not copied, so not to be changed while it is open
     * @return the checkpoint
     * @throws CheckpointFormatException when they are broken
     * @throws IOException never otherwise
     */
    public static Checkpoint open(byte[] bytes) throws IOException {
        return open(ByteBuffer.wrap(bytes));
    }

    /**
     * Opens the bytes of a file without making tensors of them.
     *
     * @param bytes those of a file of any format; not copied, so not to be changed while it is open
     * @param options how
     * @return the checkpoint
     * @throws CheckpointFormatException when they are broken, or lack the part
     * @throws IOException never otherwise
     */
    public static Checkpoint open(byte[] bytes, ReadOptions options) throws IOException {
        return open(ByteBuffer.wrap(bytes), options);
    }

    /**
     * Loads a state dict.
     *
     * @param bytes from the position to the limit those of a file of any format; the position stays
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws CheckpointFormatException when they are broken, or hold what no type of Java's does
     * @throws IOException never otherwise
     */
    public static StateDict load(ByteBuffer bytes) throws IOException {
        return load(bytes, ReadOptions.defaults());
    }

    /**
     * Loads a state dict.
     *
     * @param bytes from the position to the limit those of a file of any format; the position stays
     * @param options how
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws CheckpointFormatException when they are broken, lack the part, or hold what no type of Java's does
     * @throws IOException never otherwise
     */
    public static StateDict load(ByteBuffer bytes, ReadOptions options) throws IOException {
        Recorder.Begun event = Recorder.load();
        try (Checkpoint checkpoint = open(bytes, options)) {
            StateDict dict = checkpoint.stateDict();
            event.end(null, dict.values());
            return dict;
        }
    }

    /**
     * Opens the bytes of a file without making tensors of them.
     *
     * @param bytes from the position to the limit those of a file of any format; the position stays; not
     *     copied, so not to be changed while it is open
     * @return the checkpoint
     * @throws CheckpointFormatException when they are broken
     * @throws IOException never otherwise
     */
    public static Checkpoint open(ByteBuffer bytes) throws IOException {
        return open(bytes, ReadOptions.defaults());
    }

    /**
     * Opens the bytes of a file without making tensors of them.
     *
     * @param bytes from the position to the limit those of a file of any format; the position stays; not
     *     copied, so not to be changed while it is open
     * @param options how
     * @return the checkpoint
     * @throws CheckpointFormatException when they are broken, or lack the part
     * @throws IOException never otherwise
     */
    public static Checkpoint open(ByteBuffer bytes, ReadOptions options) throws IOException {
        return open(FileBytes.of("<bytes>", bytes), options);
    }

    /**
     * Loads a state dict that lies on the class path or in a module, beside a class.
     *
     * {@snippet class="com.example.Sources" region="resource"}
     *
     * @param beside the class; a named module that keeps the resource's package closed does not let others find it, so say
     *     {@code load(Detector.class.getResource(...))} there, or open the package
     * @param resource its name, as for {@link Class#getResource}
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws FileNotFoundException when there is no such resource
     * @throws CheckpointFormatException when it is broken, or holds what no type of Java's does
     * @throws IOException when it cannot be read
     */
    public static StateDict load(Class<?> beside, String resource) throws IOException {
        return load(beside, resource, ReadOptions.defaults());
    }

    /**
     * Loads a state dict that lies on the class path or in a module, beside a class.
     *
     * @param beside the class; for a named module see {@link #load(Class, String)}
     * @param resource its name, as for {@link Class#getResource}
     * @param options how
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws FileNotFoundException when there is no such resource
     * @throws CheckpointFormatException when it is broken, lacks the part, or holds what no type of Java's does
     * @throws IOException when it cannot be read
     */
    public static StateDict load(Class<?> beside, String resource, ReadOptions options) throws IOException {
        return load(UrlFiles.resource(beside, resource), options);
    }

    /**
     * Opens what lies on the class path or in a module, beside a class, without making tensors of it.
     *
     * @param beside the class; for a named module see {@link #load(Class, String)}
     * @param resource its name, as for {@link Class#getResource}
     * @return the checkpoint, to be closed
     * @throws FileNotFoundException when there is no such resource
     * @throws CheckpointFormatException when it is broken
     * @throws IOException when it cannot be read
     */
    public static Checkpoint open(Class<?> beside, String resource) throws IOException {
        return open(beside, resource, ReadOptions.defaults());
    }

    /**
     * Opens what lies on the class path or in a module, beside a class, without making tensors of it.
     *
     * @param beside the class; for a named module see {@link #load(Class, String)}
     * @param resource its name, as for {@link Class#getResource}
     * @param options how
     * @return the checkpoint, to be closed
     * @throws FileNotFoundException when there is no such resource
     * @throws CheckpointFormatException when it is broken, or lacks the part
     * @throws IOException when it cannot be read
     */
    public static Checkpoint open(Class<?> beside, String resource, ReadOptions options) throws IOException {
        return open(UrlFiles.resource(beside, resource), options);
    }

    /**
     * Loads a state dict, from wherever a URL leads: {@code Detector.class.getResource("detector.safetensors")} in a jar, a
     * module or a folder; a file; over HTTP by {@link HttpCheckpointSource}.
     *
     * @param url of a file of any format
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws CheckpointFormatException when it is broken, or holds what no type of Java's does
     * @throws IOException when it cannot be read
     */
    public static StateDict load(URL url) throws IOException {
        return load(url, ReadOptions.defaults());
    }

    /**
     * Loads a state dict, from wherever a URL leads, as {@link #load(URL)} does.
     *
     * @param url of a file of any format
     * @param options how
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are
     * @throws CheckpointFormatException when it is broken, lacks the part, or holds what no type of Java's does
     * @throws IOException when it cannot be read
     */
    public static StateDict load(URL url, ReadOptions options) throws IOException {
        Path path = UrlFiles.path(url);
        if (path != null) {
            return load(path, options);
        }
        CheckpointSource source = UrlFiles.source(url);
        if (source != null) {
            return load(source, options);
        }
        try (InputStream stream = UrlFiles.stream(url)) {
            return loadInOnePass(url.toString(), stream, options);
        }
    }

    /**
     * Opens a file without reading its tensors, wherever a URL leads. Where that cannot be read by position, as within a jar,
     * it is held in memory or in a temporary file (see {@link ReadOptions#withStreamMemory}) until the checkpoint is closed.
     *
     * @param url of a file of any format
     * @return the open file, to be closed
     * @throws CheckpointFormatException when it is broken
     * @throws IOException when it cannot be read
     */
    public static Checkpoint open(URL url) throws IOException {
        return open(url, ReadOptions.defaults());
    }

    /**
     * Opens a file without reading its tensors, wherever a URL leads, as {@link #open(URL)} does.
     *
     * @param url of a file of any format
     * @param options how
     * @return the open file, to be closed
     * @throws CheckpointFormatException when it is broken, or lacks the part
     * @throws IOException when it cannot be read
     */
    public static Checkpoint open(URL url, ReadOptions options) throws IOException {
        Path path = UrlFiles.path(url);
        if (path != null) {
            return open(path, options);
        }
        CheckpointSource source = UrlFiles.source(url);
        if (source != null) {
            return open(source, options);
        }
        try (InputStream stream = UrlFiles.stream(url)) {
            return openSpooled(url.toString(), stream, options);
        }
    }

    private static Checkpoint open(FileBytes file, ReadOptions options) throws IOException {
        try {
            return checkpoint(file.name(), file.path(), CheckpointFiles.open(file), options);
        } catch (FormatException broken) {
            throw new CheckpointFormatException(file.name(), file.path(), broken);
        }
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

    /**
     * Checks, without reading a tensor, whether a file can be loaded into a module.
     *
     * @param path a file of any format, a shard index, or a directory of weights
     * @param schema what the module must have
     * @return what speaks against it
     * @throws CheckpointFormatException when the file is broken
     * @throws IOException when the file cannot be read
     */
    public static SchemaReport check(Path path, StateDictSchema schema) throws IOException {
        try (Checkpoint checkpoint = open(path)) {
            return checkpoint.check(schema);
        }
    }

    /**
     * Saves a state dict. The file is replaced in one step once the new one is complete: whatever happens meanwhile, the
     * old file or the new one is there and whole.
     *
     * @param path where to; its suffix says which format
     * @param dict its tensors must not change meanwhile
     * @throws IllegalArgumentException when the suffix is unknown, or the format cannot express the dict
     * @throws IOException when the file cannot be written; an old one is then as it was
     */
    public static void save(Path path, StateDict dict) throws IOException {
        save(path, dict, WriteOptions.defaults());
    }

    /**
     * Saves a state dict. The file is replaced in one step once the new one is complete: whatever happens meanwhile, the
     * old file or the new one is there and whole.
     *
     * @param path where to; its suffix says which format
     * @param dict its tensors must not change meanwhile
     * @param options how
     * @throws IllegalArgumentException when the suffix is unknown, the format cannot express the dict, or an element is
     *     beyond the range of the type that the options ask for
     * @throws IOException when the file cannot be written; an old one is then as it was
     */
    public static void save(Path path, StateDict dict, WriteOptions options) throws IOException {
        Recorder.Begun event = Recorder.save();
        save(path, options, () -> CheckpointFormat.safetensors(dict, options), format -> format.image(dict, options));
        event.end(path, dict.values());
    }

    /**
     * Saves what other checkpoints hold, tensor by tensor. The file is replaced in one step once the new one is complete, as
     * by every save; it may be one of those that are read.
     *
     * @param path where to; its suffix says which format
     * @param dict its checkpoints are open
     * @throws IllegalArgumentException when the suffix is unknown, or the format cannot express the dict
     * @throws CheckpointFormatException when a tensor that is read is broken
     * @throws IOException when a file cannot be read or written; an old one is then as it was
     */
    public static void save(Path path, UnreadStateDict dict) throws IOException {
        save(path, dict, WriteOptions.defaults());
    }

    /**
     * Saves what other checkpoints hold, tensor by tensor. The file is replaced in one step once the new one is complete, as
     * by every save; it may be one of those that are read.
     *
     * @param path where to; its suffix says which format
     * @param dict its checkpoints are open
     * @param options how; for a digest, and where a file has one, what is copied is read twice
     * @throws IllegalArgumentException when the suffix is unknown, the format cannot express the dict, or an element is
     *     beyond the range of the type that the options ask for
     * @throws CheckpointFormatException when a tensor that is read is broken
     * @throws IOException when a file cannot be read or written; an old one is then as it was
     */
    public static void save(Path path, UnreadStateDict dict, WriteOptions options) throws IOException {
        Recorder.Begun event = Recorder.save();
        save(path, options, () -> CheckpointFormat.safetensors(dict, options), format -> format.image(dict, options));
        event.end(path, dict.standIns().values());
    }

    /** Decides what of a dict is stored as safetensors. */
    private interface Storing {
        StoredDict stored() throws IOException;
    }

    /** Lays a dict out as a file. */
    private interface Laying {
        FileImage image(CheckpointFormat format) throws IOException;
    }

    private static void save(Path path, WriteOptions options, Storing storing, Laying laying) throws IOException {
        Progress progress = new Progress(options.progress()::progress);
        CheckpointFormat format = options.format(path);
        if (format == CheckpointFormat.SAFETENSORS && ShardedWriter.canBeAt(path)) {
            // under this name there may be shards, now or before
            ShardedWriter.write(path, storing.stored(), options.shardSize(), options.flush(), progress);
        } else {
            refuseShards(options);
            FileImage image = laying.image(format);
            progress.begin(image.elementBytes());
            AtomicFile.write(path, options.flush(), image, progress);
        }
    }

    /**
     * Writes a state dict to a stream, in one pass. As safetensors, unless the options say otherwise.
     *
     * @param stream where to; flushed, never closed
     * @param dict its tensors must not change meanwhile
     * @throws IllegalArgumentException when the format cannot express the dict; nothing is written then
     * @throws IOException when the stream takes no more
     */
    public static void save(OutputStream stream, StateDict dict) throws IOException {
        save(stream, dict, WriteOptions.defaults());
    }

    /**
     * Writes a state dict to a stream, in one pass. As safetensors, unless the options say otherwise. Only the calling thread
     * writes.
     *
     * @param stream where to; flushed, never closed
     * @param dict its tensors must not change meanwhile
     * @param options how; {@link WriteOptions#withFlush} does not matter
     * @throws IllegalArgumentException when the format cannot express the dict, an element is beyond the range of the type that
     *     the options ask for, or they ask for shards; nothing is written then
     * @throws IOException when the stream takes no more
     */
    public static void save(OutputStream stream, StateDict dict, WriteOptions options) throws IOException {
        Recorder.Begun event = Recorder.save();
        write(stream, options, format -> format.image(dict, options));
        stream.flush();
        event.end(null, dict.values());
    }

    /**
     * Writes what other checkpoints hold to a stream, tensor by tensor. As safetensors, unless the options say otherwise.
     *
     * @param stream where to; flushed, never closed
     * @param dict its checkpoints are open
     * @param options how; for PyTorch's format, whose sums go before what they sum, all is read twice
     * @throws IllegalArgumentException when the format cannot express the dict, nothing is written then; or an element is
     *     beyond the range of the type that the options ask for
     * @throws CheckpointFormatException when a tensor that is read is broken
     * @throws IOException when a file cannot be read, or the stream takes no more
     */
    public static void save(OutputStream stream, UnreadStateDict dict, WriteOptions options) throws IOException {
        Recorder.Begun event = Recorder.save();
        write(stream, options, format -> format.image(dict, options));
        stream.flush();
        event.end(null, dict.standIns().values());
    }

    /**
     * The bytes that a state dict is saved as: those of a safetensors file.
     *
     * @param dict its tensors must not change meanwhile
     * @return a new array
     * @throws IllegalArgumentException when the format cannot express the dict
     * @throws UncheckedIOException when the thread is interrupted meanwhile
     * @throws OutOfMemoryError when an array cannot hold the bytes
     */
    public static byte[] toBytes(StateDict dict) {
        return toBytes(dict, WriteOptions.defaults());
    }

    /**
     * The bytes that a state dict is saved as: those of a safetensors file, unless the options say otherwise.
     *
     * @param dict its tensors must not change meanwhile
     * @param options how; {@link WriteOptions#withFlush} does not matter
     * @return a new array
     * @throws IllegalArgumentException when the format cannot express the dict, an element is beyond the range of the type that
     *     the options ask for, or they ask for shards
     * @throws UncheckedIOException when the thread is interrupted meanwhile
     * @throws OutOfMemoryError when an array cannot hold the bytes
     */
    public static byte[] toBytes(StateDict dict, WriteOptions options) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(bytes, options, format -> format.image(dict, options));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(OutputStream stream, WriteOptions options, Laying laying) throws IOException {
        refuseShards(options);
        FileImage image = laying.image(options.format());
        Progress progress = new Progress(options.progress()::progress);
        progress.begin(image.elementBytes());
        image.writeTo(stream, progress);
    }

    private static void refuseShards(WriteOptions options) {
        if (options.isSharded()) {
            throw new IllegalArgumentException(
                    "only safetensors is split into shards; save as .safetensors, or without a shard size");
        }
    }
}
