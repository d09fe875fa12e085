package dev.statedict.io;

import dev.statedict.SchemaReport;
import dev.statedict.StateDict;
import dev.statedict.StateDictSchema;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Loads and saves state dicts.
 *
 * {@snippet class="com.example.Loading" region="files"}
 *
 * <p>Loading goes by content, saving by suffix: {@code .safetensors}; {@code .pt}, {@code .pth}, {@code .bin} or {@code
 * .ckpt} for PyTorch's; {@code .statedict} for all that a dict is; {@code .npz} and {@code .npy} for NumPy's (see {@link
 * CheckpointFormat}). Besides paths, of any file system, there are streams, bytes, resources, URLs, and a {@link
 * CheckpointSource} for anything that is read by position; whichever way a checkpoint comes, it is the same dict. Nothing
 * that is read is executed or trusted.
 *
 * <p>{@code load} gives fresh tensors with policy {@link dev.statedict.Policy#COPY}, tied where the file's are. {@code open}
 * reads no tensor; what it gives is to be closed. Both throw {@link CheckpointFormatException} where what they read is
 * broken, lacks the part that the options ask for, or, when loaded, holds what no type of Java's does. Without options they
 * go by {@link ReadOptions#defaults()}, and {@code save} by {@link WriteOptions#defaults()}.
 */
public final class Checkpoints {
    private Checkpoints() {}

    /**
     * Loads a state dict.
     *
     * @param path a file of any format, a shard index, or a directory of weights
     * @return the dict
     * @throws IOException when the file cannot be read, or is broken
     */
    public static StateDict load(Path path) throws IOException {
        return load(path, ReadOptions.defaults());
    }

    /**
     * Loads a state dict.
     *
     * @param path a file of any format, a shard index, or a directory of weights
     * @param options how
     * @return the dict
     * @throws IOException when the file cannot be read, or is broken
     */
    public static StateDict load(Path path, ReadOptions options) throws IOException {
        return CheckpointInput.of(path).load(options);
    }

    /**
     * Opens a file without reading its tensors.
     *
     * @param path a file of any format, a shard index, or a directory of weights
     * @return the open file
     * @throws IOException when the file cannot be read, or is broken
     */
    public static Checkpoint open(Path path) throws IOException {
        return open(path, ReadOptions.defaults());
    }

    /**
     * Opens a file without reading its tensors.
     *
     * @param path a file of any format, a shard index, or a directory of weights
     * @param options how
     * @return the open file
     * @throws IOException when the file cannot be read, or is broken
     */
    public static Checkpoint open(Path path, ReadOptions options) throws IOException {
        return CheckpointInput.of(path).open(options);
    }

    /**
     * Loads a state dict, and closes the source.
     *
     * @param source the bytes of a file of any format; closed when that is done
     * @return the dict
     * @throws IOException when the source cannot be read, or is broken
     */
    public static StateDict load(CheckpointSource source) throws IOException {
        return load(source, ReadOptions.defaults());
    }

    /**
     * Loads a state dict, and closes the source.
     *
     * @param source the bytes of a file of any format; closed when that is done
     * @param options how
     * @return the dict
     * @throws IOException when the source cannot be read, or is broken
     */
    public static StateDict load(CheckpointSource source, ReadOptions options) throws IOException {
        return CheckpointInput.of(source).load(options);
    }

    /**
     * Opens the bytes of a file without reading its tensors.
     *
     * @param source the bytes of a file of any format; closed with the checkpoint, and if this fails
     * @return the open file
     * @throws IOException when the source cannot be read, or is broken
     */
    public static Checkpoint open(CheckpointSource source) throws IOException {
        return open(source, ReadOptions.defaults());
    }

    /**
     * Opens the bytes of a file without reading its tensors.
     *
     * @param source the bytes of a file of any format; closed with the checkpoint, and if this fails
     * @param options how
     * @return the open file
     * @throws IOException when the source cannot be read, or is broken
     */
    public static Checkpoint open(CheckpointSource source, ReadOptions options) throws IOException {
        return CheckpointInput.of(source).open(options);
    }

    /**
     * Loads a state dict from a stream, which is read to its end and not closed. Safetensors and {@code .statedict} go right
     * into their tensors; what PyTorch or NumPy wrote is held in memory first, or in a temporary file (see {@link
     * ReadOptions#withStreamMemory}), and so is a {@code .statedict} of which a part alone is wanted. Only the calling thread
     * reads the stream.
     *
     * @param stream the bytes of a file of any format, and nothing behind them
     * @return the dict
     * @throws IOException when the stream cannot be read, is broken, or ends early
     */
    public static StateDict load(InputStream stream) throws IOException {
        return load(stream, ReadOptions.defaults());
    }

    /**
     * Loads a state dict from a stream, as {@link #load(InputStream)} does.
     *
     * @param stream the bytes of a file of any format, and nothing behind them
     * @param options how
     * @return the dict
     * @throws IOException when the stream cannot be read, is broken, or ends early
     */
    public static StateDict load(InputStream stream, ReadOptions options) throws IOException {
        return CheckpointInput.of(stream).load(options);
    }

    /**
     * Reads a stream to its end, and opens what it holds without making tensors of it. The bytes are held in memory or in a
     * temporary file (see {@link ReadOptions#withStreamMemory}) until the checkpoint is closed. The stream is not closed.
     *
     * @param stream the bytes of a file of any format, and nothing behind them
     * @return the checkpoint
     * @throws IOException when the stream cannot be read, is broken, or ends early
     */
    public static Checkpoint open(InputStream stream) throws IOException {
        return open(stream, ReadOptions.defaults());
    }

    /**
     * Reads a stream to its end, and opens what it holds, as {@link #open(InputStream)} does.
     *
     * @param stream the bytes of a file of any format, and nothing behind them
     * @param options how
     * @return the checkpoint
     * @throws IOException when the stream cannot be read, is broken, or ends early
     */
    public static Checkpoint open(InputStream stream, ReadOptions options) throws IOException {
        return CheckpointInput.of(stream).open(options);
    }

    /**
     * Loads a state dict.
     *
     * @param bytes those of a file of any format
     * @return the dict
     * @throws IOException when they are broken
     */
    public static StateDict load(byte[] bytes) throws IOException {
        return load(ByteBuffer.wrap(bytes), ReadOptions.defaults());
    }

    /**
     * Loads a state dict.
     *
     * @param bytes those of a file of any format
     * @param options how
     * @return the dict
     * @throws IOException when they are broken
     */
    public static StateDict load(byte[] bytes, ReadOptions options) throws IOException {
        return CheckpointInput.of(ByteBuffer.wrap(bytes)).load(options);
    }

    /**
     * Opens the bytes of a file without making tensors of them.
     *
     * @param bytes those of a file of any format; not copied, so not to be changed while it is open
     * @return the checkpoint
     * @throws IOException when they are broken
     */
    public static Checkpoint open(byte[] bytes) throws IOException {
        return open(ByteBuffer.wrap(bytes), ReadOptions.defaults());
    }

    /**
     * Opens the bytes of a file without making tensors of them.
     *
     * @param bytes those of a file of any format; not copied, so not to be changed while it is open
     * @param options how
     * @return the checkpoint
     * @throws IOException when they are broken
     */
    public static Checkpoint open(byte[] bytes, ReadOptions options) throws IOException {
        return CheckpointInput.of(ByteBuffer.wrap(bytes)).open(options);
    }

    /**
     * Loads a state dict.
     *
     * @param bytes from the position to the limit those of a file of any format; the position stays
     * @return the dict
     * @throws IOException when they are broken
     */
    public static StateDict load(ByteBuffer bytes) throws IOException {
        return load(bytes, ReadOptions.defaults());
    }

    /**
     * Loads a state dict.
     *
     * @param bytes from the position to the limit those of a file of any format; the position stays
     * @param options how
     * @return the dict
     * @throws IOException when they are broken
     */
    public static StateDict load(ByteBuffer bytes, ReadOptions options) throws IOException {
        return CheckpointInput.of(bytes).load(options);
    }

    /**
     * Opens the bytes of a file without making tensors of them.
     *
     * @param bytes from the position to the limit those of a file of any format; the position stays; not copied, so not
     *     to be changed while it is open
     * @return the checkpoint
     * @throws IOException when they are broken
     */
    public static Checkpoint open(ByteBuffer bytes) throws IOException {
        return open(bytes, ReadOptions.defaults());
    }

    /**
     * Opens the bytes of a file without making tensors of them.
     *
     * @param bytes from the position to the limit those of a file of any format; the position stays; not copied, so not
     *     to be changed while it is open
     * @param options how
     * @return the checkpoint
     * @throws IOException when they are broken
     */
    public static Checkpoint open(ByteBuffer bytes, ReadOptions options) throws IOException {
        return CheckpointInput.of(bytes).open(options);
    }

    /**
     * Loads a state dict that lies on the class path or in a module, beside a class. A named module that keeps the resource's
     * package closed does not let others find it, so say {@code load(Detector.class.getResource(...))} there, or open the package.
     *
     * {@snippet class="com.example.Sources" region="resource"}
     *
     * @param beside the class
     * @param resource its name, as for {@link Class#getResource}
     * @return the dict
     * @throws FileNotFoundException when there is no such resource
     * @throws IOException when it cannot be read, or is broken
     */
    public static StateDict load(Class<?> beside, String resource) throws IOException {
        return load(beside, resource, ReadOptions.defaults());
    }

    /**
     * Loads a state dict that lies beside a class, as {@link #load(Class, String)} does.
     *
     * @param beside the class
     * @param resource its name, as for {@link Class#getResource}
     * @param options how
     * @return the dict
     * @throws FileNotFoundException when there is no such resource
     * @throws IOException when it cannot be read, or is broken
     */
    public static StateDict load(Class<?> beside, String resource, ReadOptions options) throws IOException {
        return CheckpointInput.of(beside, resource).load(options);
    }

    /**
     * Opens what lies on the class path or in a module, beside a class, without making tensors of it; for a named module see
     * {@link #load(Class, String)}.
     *
     * @param beside the class
     * @param resource its name, as for {@link Class#getResource}
     * @return the checkpoint
     * @throws FileNotFoundException when there is no such resource
     * @throws IOException when it cannot be read, or is broken
     */
    public static Checkpoint open(Class<?> beside, String resource) throws IOException {
        return open(beside, resource, ReadOptions.defaults());
    }

    /**
     * Opens what lies beside a class, as {@link #open(Class, String)} does.
     *
     * @param beside the class
     * @param resource its name, as for {@link Class#getResource}
     * @param options how
     * @return the checkpoint
     * @throws FileNotFoundException when there is no such resource
     * @throws IOException when it cannot be read, or is broken
     */
    public static Checkpoint open(Class<?> beside, String resource, ReadOptions options) throws IOException {
        return CheckpointInput.of(beside, resource).open(options);
    }

    /**
     * Loads a state dict, from wherever a URL leads: {@code Detector.class.getResource("detector.safetensors")} in a jar, a
     * module or a folder; a file; over HTTP by {@link HttpCheckpointSource}.
     *
     * @param url of a file of any format
     * @return the dict
     * @throws IOException when it cannot be read, or is broken
     */
    public static StateDict load(URL url) throws IOException {
        return load(url, ReadOptions.defaults());
    }

    /**
     * Loads a state dict, from wherever a URL leads, as {@link #load(URL)} does.
     *
     * @param url of a file of any format
     * @param options how
     * @return the dict
     * @throws IOException when it cannot be read, or is broken
     */
    public static StateDict load(URL url, ReadOptions options) throws IOException {
        return CheckpointInput.of(url).load(options);
    }

    /**
     * Opens a file without reading its tensors, wherever a URL leads. Where that cannot be read by position, as within a jar,
     * it is held in memory or in a temporary file (see {@link ReadOptions#withStreamMemory}) until the checkpoint is closed.
     *
     * @param url of a file of any format
     * @return the open file
     * @throws IOException when it cannot be read, or is broken
     */
    public static Checkpoint open(URL url) throws IOException {
        return open(url, ReadOptions.defaults());
    }

    /**
     * Opens a file, wherever a URL leads, as {@link #open(URL)} does.
     *
     * @param url of a file of any format
     * @param options how
     * @return the open file
     * @throws IOException when it cannot be read, or is broken
     */
    public static Checkpoint open(URL url, ReadOptions options) throws IOException {
        return CheckpointInput.of(url).open(options);
    }

    /**
     * Checks, without reading a tensor, whether a file can be loaded into a module.
     *
     * @param path a file of any format, a shard index, or a directory of weights
     * @param schema what the module must have
     * @return what speaks against it
     * @throws IOException when the file cannot be read, or is broken
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
     * Saves a state dict, in one step as {@link #save(Path, StateDict)} does.
     *
     * @param path where to; its suffix says which format
     * @param dict its tensors must not change meanwhile
     * @param options how
     * @throws IllegalArgumentException when the suffix is unknown, the format cannot express the dict, or an element is
     *     beyond the range of the type that the options ask for
     * @throws IOException when the file cannot be written; an old one is then as it was
     */
    public static void save(Path path, StateDict dict, WriteOptions options) throws IOException {
        CheckpointOutput.of(dict, options).save(path);
    }

    /**
     * Saves what other checkpoints hold, tensor by tensor, in one step as {@link #save(Path, StateDict)} does; the file may
     * be one of those that are read.
     *
     * @param path where to; its suffix says which format
     * @param dict its checkpoints are open
     * @throws IllegalArgumentException when the suffix is unknown, or the format cannot express the dict
     * @throws IOException when a file cannot be read or written, or a tensor that is read is broken; an old one is then as
     *     it was
     */
    public static void save(Path path, UnreadStateDict dict) throws IOException {
        save(path, dict, WriteOptions.defaults());
    }

    /**
     * Saves what other checkpoints hold, as {@link #save(Path, UnreadStateDict)} does.
     *
     * @param path where to; its suffix says which format
     * @param dict its checkpoints are open
     * @param options how; for a digest, and where a file has one, what is copied is read twice
     * @throws IllegalArgumentException when the suffix is unknown, the format cannot express the dict, or an element is
     *     beyond the range of the type that the options ask for
     * @throws IOException when a file cannot be read or written, or a tensor that is read is broken; an old one is then as
     *     it was
     */
    public static void save(Path path, UnreadStateDict dict, WriteOptions options) throws IOException {
        CheckpointOutput.of(dict, options).save(path);
    }

    /**
     * Writes a state dict to a stream, in one pass. As safetensors, unless the options say otherwise. Only the calling thread
     * writes.
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
     * Writes a state dict to a stream, as {@link #save(OutputStream, StateDict)} does.
     *
     * @param stream where to; flushed, never closed
     * @param dict its tensors must not change meanwhile
     * @param options how; {@link WriteOptions#withFlush} does not matter
     * @throws IllegalArgumentException when the format cannot express the dict, an element is beyond the range of the type that
     *     the options ask for, or they ask for shards; nothing is written then
     * @throws IOException when the stream takes no more
     */
    public static void save(OutputStream stream, StateDict dict, WriteOptions options) throws IOException {
        CheckpointOutput.of(dict, options).save(stream);
    }

    /**
     * Writes what other checkpoints hold to a stream, tensor by tensor. As safetensors, unless the options say otherwise.
     *
     * @param stream where to; flushed, never closed
     * @param dict its checkpoints are open
     * @param options how; for PyTorch's format, whose sums go before what they sum, all is read twice
     * @throws IllegalArgumentException when the format cannot express the dict, nothing is written then; or an element is
     *     beyond the range of the type that the options ask for
     * @throws IOException when a file cannot be read, a tensor that is read is broken, or the stream takes no more
     */
    public static void save(OutputStream stream, UnreadStateDict dict, WriteOptions options) throws IOException {
        CheckpointOutput.of(dict, options).save(stream);
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
        return CheckpointOutput.of(dict, options).toBytes();
    }
}
