package dev.statedict.io;

import dev.statedict.StateDict;
import dev.statedict.event.Recorder;
import dev.statedict.io.safetensors.ShardedWriter;
import dev.statedict.io.transfer.Progress;
import dev.statedict.io.write.AtomicFile;
import dev.statedict.io.write.FileImage;
import dev.statedict.io.write.StoredDict;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;

/** A dict on its way to a file, a stream or bytes: whether its tensors are in memory or are read while they are written. */
abstract class CheckpointOutput {
    private final WriteOptions options;

    private CheckpointOutput(WriteOptions options) {
        this.options = options;
    }

    static CheckpointOutput of(StateDict dict, WriteOptions options) {
        return new CheckpointOutput(options) {
            @Override
            StoredDict stored() {
                return CheckpointFormat.safetensors(dict, options);
            }

            @Override
            FileImage image(CheckpointFormat format) {
                return format.image(dict, options);
            }

            @Override
            Collection<Tensor> values() {
                return dict.values();
            }
        };
    }

    static CheckpointOutput of(UnreadStateDict dict, WriteOptions options) {
        return new CheckpointOutput(options) {
            @Override
            StoredDict stored() throws IOException {
                return CheckpointFormat.safetensors(dict, options);
            }

            @Override
            FileImage image(CheckpointFormat format) throws IOException {
                return format.image(dict, options);
            }

            @Override
            Collection<Tensor> values() {
                return dict.standIns().values();
            }
        };
    }

    /** What of the dict is stored as safetensors. */
    abstract StoredDict stored() throws IOException;

    /** The dict laid out as a file. */
    abstract FileImage image(CheckpointFormat format) throws IOException;

    /** The tensors, for who records saves. */
    abstract Collection<Tensor> values();

    void save(Path path) throws IOException {
        Recorder.Begun event = Recorder.save();
        CheckpointFormat format = options.format(path);
        if (format == CheckpointFormat.SAFETENSORS && ShardedWriter.canBeAt(path)) {
            // under this name there may be shards, now or before
            ShardedWriter.write(path, stored(), options.shardSize(), options.flush(), progress());
        } else {
            refuseShards();
            FileImage image = image(format);
            Progress progress = progress();
            progress.begin(image.elementBytes());
            AtomicFile.write(path, options.flush(), image, progress);
        }
        event.end(path, values());
    }

    void save(OutputStream stream) throws IOException {
        Recorder.Begun event = Recorder.save();
        write(stream);
        stream.flush();
        event.end(null, values());
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void write(OutputStream stream) throws IOException {
        refuseShards();
        FileImage image = image(options.format());
        Progress progress = progress();
        progress.begin(image.elementBytes());
        image.writeTo(stream, progress);
    }

    private Progress progress() {
        return new Progress(options.progress()::progress);
    }

    private void refuseShards() {
        if (options.isSharded()) {
            throw new IllegalArgumentException(
                    "only safetensors is split into shards; save as .safetensors, or without a shard size");
        }
    }
}
