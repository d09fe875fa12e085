package dev.statedict.io;

import dev.statedict.SchemaReport;
import dev.statedict.StateDict;
import dev.statedict.StateDictSchema;
import dev.statedict.event.Recorder;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.pytorch.PytorchWriter;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.safetensors.ShardedWriter;
import dev.statedict.io.transfer.Progress;
import dev.statedict.io.write.StoredDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Loads and saves state dicts.
 *
 * <pre>{@code
 * Checkpoints.save(Path.of("best.safetensors"), model.stateDict());
 * model.loadStateDict(Checkpoints.load(Path.of("best.safetensors")));
 * }</pre>
 *
 * <p>Loading goes by content, saving by suffix: {@code .safetensors}; {@code .pt}, {@code .pth}, {@code .bin} or {@code
 * .ckpt} for PyTorch's. Nothing that is read from a file is executed or trusted.
 */
public final class Checkpoints {
    private static final Pattern PYTORCH_SUFFIX = Pattern.compile("\\.(pt|pth|bin|ckpt)$");

    private Checkpoints() {}

    /**
     * Loads a state dict.
     *
     * @param path a safetensors file, a shard index, or a PyTorch checkpoint
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
     * @param path a safetensors file, a shard index, or a PyTorch checkpoint
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
     * @param path a safetensors file, a shard index, or a PyTorch checkpoint
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
     * @param path a safetensors file, a shard index, or a PyTorch checkpoint
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
     * @param source the bytes of a safetensors file or a PyTorch checkpoint
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
     * @param source the bytes of a safetensors file or a PyTorch checkpoint
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
     * @param source the bytes of a safetensors file or a PyTorch checkpoint; closed with the checkpoint, and if this fails
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
     * @param source the bytes of a safetensors file or a PyTorch checkpoint; closed with the checkpoint, and if this fails
     * @param options how
     * @return the open file, to be closed
     * @throws CheckpointFormatException when it is broken, or lacks the part
     * @throws IOException when the source cannot be read
     */
    public static Checkpoint open(CheckpointSource source, ReadOptions options) throws IOException {
        return open(CheckpointFiles.bytes(source), options);
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
     * @param path a safetensors file, a shard index, or a PyTorch checkpoint
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
        String name = String.valueOf(path.getFileName());
        Progress progress = new Progress(options.progress()::progress);
        Recorder.Begun event = Recorder.save();
        if (name.endsWith(".safetensors")) {
            StoredDict stored = stored(dict, options, Map.of("format", "pt"));
            ShardedWriter.write(path, stored, options.shardSize(), options.flush(), progress);
        } else if (PYTORCH_SUFFIX.matcher(name).find()) {
            if (options.isSharded()) {
                throw new IllegalArgumentException(
                        "only safetensors is split into shards;" + " save as .safetensors, or without a shard size");
            }
            StoredDict stored = stored(dict, options, Map.of());
            PytorchWriter.write(path, stored, options.flush(), progress);
        } else {
            throw new IllegalArgumentException("the suffix of \"" + name
                    + "\" says no format; end it in .safetensors, or in .pt, .pth, .bin or .ckpt for PyTorch's");
        }
        event.end(path, dict.values());
    }

    private static StoredDict stored(StateDict dict, WriteOptions options, Map<String, String> formatMetadata) {
        return StoredDict.of(dict, options.storedType(), options.metadata(formatMetadata), options.digest());
    }
}
