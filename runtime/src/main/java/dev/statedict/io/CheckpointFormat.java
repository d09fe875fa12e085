package dev.statedict.io;

import dev.statedict.StateDict;
import dev.statedict.io.numpy.NumpyWriter;
import dev.statedict.io.pytorch.PytorchWriter;
import dev.statedict.io.safetensors.SafetensorsWriter;
import dev.statedict.io.statedict.StatedictWriter;
import dev.statedict.io.write.FileImage;
import dev.statedict.io.write.StoredDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a checkpoint is written as. Reading goes by content, and needs no format; a save to a path goes by the path's suffix,
 * unless {@link WriteOptions#withFormat} says otherwise, and one to a stream or to bytes is safetensors.
 */
public enum CheckpointFormat {
    /** The format of Hugging Face, which holds tensors and texts. */
    SAFETENSORS(
            List.of("safetensors"),
            "in .safetensors",
            (dict, options) -> SafetensorsWriter.image(safetensors(dict, options))),

    /** What {@code torch.save} writes of a state dict, and {@code torch.load(weights_only=True)} reads. */
    PYTORCH(
            List.of("pt", "pth", "bin", "ckpt"),
            "in .pt, .pth, .bin or .ckpt for PyTorch's",
            (dict, options) -> PytorchWriter.image(options.stored(dict, Map.of()))),

    /**
     * All that a dict is, as it is serialized: order, roles, remembered types, overlapping views, rows. Elements are stored as
     * they are in memory, and so {@link WriteOptions#withStoredType} is refused.
     */
    STATEDICT(
            List.of("statedict"),
            "in .statedict",
            (dict, options) ->
                    StatedictWriter.image(dict, options.storedType(), options.signedMetadata(dict), options.digest())),

    /**
     * What {@code numpy.savez} writes: an array for each entry. Ties come apart. Of floats that NumPy lacks, such as BF16, the
     * type in memory is written; what is beside the entries becomes the archive's comment.
     */
    NUMPY(
            List.of("npz"),
            "in .npz",
            (dict, options) ->
                    NumpyWriter.archive(options.stored(dict, Map.of(), NumpyWriter::known), options.storedType())),

    /** What {@code numpy.save} writes: one array without a name, so a dict of one entry with nothing beside it. */
    NUMPY_ARRAY(
            List.of("npy"),
            "in .npy of one entry, for NumPy's",
            (dict, options) -> NumpyWriter.array(options.stored(dict, Map.of()), options.storedType()));

    /** Lays a dict out as a file. */
    private interface Writer {
        FileImage image(StateDict dict, WriteOptions options);
    }

    private static final Map<String, String> FORMAT = Map.of("format", "pt");

    private final List<String> suffixes;
    private final String help;
    private final Writer writer;

    CheckpointFormat(List<String> suffixes, String help, Writer writer) {
        this.suffixes = suffixes;
        this.help = help;
        this.writer = writer;
    }

    /** {@return what the names of such files end in, without the dot, the usual one first; unmodifiable} */
    public List<String> suffixes() {
        return suffixes;
    }

    String usualSuffix() {
        return suffixes.get(0);
    }

    /** The metadata that a file has unless others are given. */
    Map<String, String> defaultMetadata() {
        return this == SAFETENSORS ? FORMAT : Map.of();
    }

    /**
     * The format that a path asks for.
     *
     * @param path its suffix counts, in lower case
     * @return the format
     * @throws IllegalArgumentException when the suffix is that of no format; the message lists those that are
     */
    public static CheckpointFormat of(Path path) {
        String name = String.valueOf(path.getFileName());
        List<String> help = new ArrayList<>();
        for (CheckpointFormat format : values()) {
            if (format.isSuffixOf(name)) {
                return format;
            }
            help.add(format.help);
        }
        throw new IllegalArgumentException(
                "the suffix of \"" + name + "\" says no format; end it " + String.join(", or ", help));
    }

    private boolean isSuffixOf(String name) {
        return suffixes.stream().anyMatch(suffix -> name.endsWith("." + suffix));
    }

    /** What of a dict is stored in safetensors: some readers ask for the metadata. */
    static StoredDict safetensors(StateDict dict, WriteOptions options) {
        return options.stored(dict, FORMAT);
    }

    static StoredDict safetensors(UnreadStateDict dict, WriteOptions options) throws IOException {
        return dict.stored(options, FORMAT);
    }

    /** The file that unread entries become, read when they are written. */
    FileImage image(UnreadStateDict dict, WriteOptions options) throws IOException {
        return switch (this) {
            case SAFETENSORS -> SafetensorsWriter.image(safetensors(dict, options));
            case PYTORCH -> PytorchWriter.image(dict.stored(options, Map.of()));
            case NUMPY -> NumpyWriter.archive(dict.stored(options, Map.of(), NumpyWriter::known), options.storedType());
            case NUMPY_ARRAY -> NumpyWriter.array(dict.stored(options, Map.of()), options.storedType());
            case STATEDICT ->
                StatedictWriter.image(dict.storedAsInMemory(options), options.storedType(), dict.arrays());
        };
    }

    /** The file that a dict becomes. */
    FileImage image(StateDict dict, WriteOptions options) {
        return writer.image(dict, options);
    }
}
