package dev.statedict.cli;

import dev.statedict.StoredType;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.CheckpointFormat;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.UnreadStateDict;
import dev.statedict.io.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a file is written: what every command that writes understands. */
final class OutputOptions {
    /** What is said of the file to be written. */
    static final String FILE =
            "A file that ends in .safetensors, .statedict, .npz or .npy, or in .pt, .pth, .bin or .ckpt.";

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(\\.\\d{1,3})?([kMGT]?)B?");

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description =
                    "Stores floating-point tensors as F64, F32, F16 or BF16, rounded to the nearest; others stay.")
    private @Nullable StoredType type;

    @Option(
            names = "--shard-size",
            paramLabel = "SIZE",
            description = "Splits a .safetensors into shards of at most this size, 5GB for example, and an index.")
    private @Nullable String shardSize;

    @Option(
            names = "--metadata",
            paramLabel = "NAME=TEXT",
            description = "A text of metadata, beside those of the input; may be repeated.")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Option(names = "--digest", description = "Adds a SHA-256 digest of each tensor, which verify checks.")
    private boolean digest;

    @Option(names = "--force", description = "Replaces a file that is there.")
    private boolean force;

    private @Nullable PrivateKey signer;

    /** Has what is written signed. */
    void signBy(PrivateKey key) {
        signer = key;
    }

    /** Complains before anything is read, so that nobody waits for it. */
    void require(Path out) throws InputException {
        CheckpointFormat.of(out);
        Path directory = out.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            throw new InputException("no such directory: " + directory + "; make it, or give another path");
        }
        if (Files.isDirectory(out)) {
            throw new InputException(out + " is a directory; give the path of a file");
        }
        if (Files.exists(out) && !force) {
            throw new InputException(out + " is there already; give --force to replace it, or another path");
        }
        writeOptions(Map.of());
    }

    void write(Screen screen, Path out, UnreadStateDict dict, Map<String, String> ofInput)
            throws IOException, InputException {
        if (dict.keys().isEmpty()) {
            throw new InputException("there is no tensor to write to " + out + "; statedict ls lists what a file has");
        }
        writeEvenEmpty(screen, out, dict, ofInput);
    }

    /** Writes what may be extra state alone. */
    void writeEvenEmpty(Screen screen, Path out, UnreadStateDict dict, Map<String, String> ofInput)
            throws IOException, InputException {
        Map<String, String> texts = ofInput;
        if (CheckpointFormat.of(out) == CheckpointFormat.NUMPY_ARRAY && !texts.isEmpty()) {
            screen.note(out + ": left out metadata, for which an .npy has no room");
            texts = Map.of();
        }
        try (Progress progress = Progress.of(screen, "writing")) {
            Checkpoints.save(out, dict, writeOptions(texts).withProgress(progress::at));
        }
        try (Checkpoint written = Checkpoints.open(out)) {
            Listing listing = Listing.of(written, List.copyOf(written.keys()));
            long files = listing.items().stream()
                    .map(item -> item.location().file())
                    .distinct()
                    .count();
            screen.println("wrote " + Printable.line(out.toString()) + ": "
                    + Sizes.count(listing.items().size(), "tensor") + ", " + Sizes.bytes(listing.bytes())
                    + (files > 1 ? " in " + Sizes.count(files, "shard") : "")
                    + (written.isSigned() ? ", signed" : ""));
        }
    }

    private WriteOptions writeOptions(Map<String, String> ofInput) throws InputException {
        WriteOptions options = WriteOptions.defaults();
        if (type != null) {
            options = options.withStoredType(type);
        }
        if (shardSize != null) {
            options = options.withShardSize(bytes(shardSize));
        }
        Map<String, String> all = new LinkedHashMap<>(ofInput);
        all.putAll(metadata);
        if (!all.isEmpty()) {
            options = options.withMetadata(all);
        }
        if (signer != null) {
            return options.withSigner(signer);
        }
        return digest ? options.withDigest() : options;
    }

    private static long bytes(String size) throws InputException {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            throw new InputException(
                    "--shard-size is " + size + "; give a number of bytes, or one with a unit: 500MB, 5GB");
        }
        String fraction = matcher.group(2) == null ? "" : matcher.group(2);
        double factor = Math.pow(1000, matcher.group(3).isEmpty() ? 0 : "kMGT".indexOf(matcher.group(3)) + 1);
        return Math.round(Double.parseDouble(matcher.group(1) + fraction) * factor);
    }
}
