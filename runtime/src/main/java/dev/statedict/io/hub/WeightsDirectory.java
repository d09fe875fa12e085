package dev.statedict.io.hub;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which file of a directory has the weights: those of the transformers library, in the order in which it looks for them,
 * then the shards of one of PyTorch's distributed checkpoints. A repository in the hub's cache is its revision {@code main}.
 */
public final class WeightsDirectory {
    /** As {@code from_pretrained} looks for them. */
    private static final List<String> FILES = List.of(
            "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json");

    private static final Pattern CHECKPOINT = Pattern.compile(
            ".*\\.(safetensors|pt|pth|bin|ckpt|npz|statedict|safetensors\\.index\\.json|bin\\.index\\.json)");
    private static final Pattern CACHED_REPOSITORY = Pattern.compile("(models|datasets|spaces)--.+");
    private static final Pattern REVISION = Pattern.compile("[0-9A-Za-z_-][0-9A-Za-z._-]*");
    private static final int REVISION_BYTES = 200;

    private WeightsDirectory() {}

    /**
     * What a directory stands for.
     *
     * @param directory the directory
     * @return a file, which may be an index; or a directory that has the shards of a distributed checkpoint
     * @throws FormatException when it has none; it lists what was looked for, and what there is
     * @throws IOException when it cannot be read
     */
    public static Path weights(Path directory) throws IOException {
        for (String name : FILES) {
            Path file = directory.resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
            if (Files.isSymbolicLink(file)) {
                throw new FormatException(Names.quote(name) + " in it is a link to "
                        + Names.quote(Files.readSymbolicLink(file).toString())
                        + ", which is not there; download the repository again");
            }
        }
        if (!DistributedShards.in(directory).isEmpty()) {
            return directory;
        }
        if (Files.isDirectory(directory.resolve("snapshots"))) {
            return weights(snapshot(directory));
        }
        throw none(directory);
    }

    /** The revision of a repository in the hub's cache. */
    private static Path snapshot(Path repository) throws IOException {
        Path snapshots = repository.resolve("snapshots");
        Path main = repository.resolve("refs").resolve("main");
        if (Files.isRegularFile(main) && Files.size(main) <= REVISION_BYTES) {
            String revision =
                    Files.readString(main, StandardCharsets.ISO_8859_1).strip();
            Path snapshot = REVISION.matcher(revision).matches() ? snapshots.resolve(revision) : null;
            if (snapshot == null || !Files.isDirectory(snapshot)) {
                throw new FormatException("refs/main in it names the revision " + Names.quote(revision)
                        + ", which is not among its snapshots; download the repository again");
            }
            return snapshot;
        }
        List<String> revisions = names(snapshots, entry -> Files.isDirectory(entry));
        if (revisions.size() != 1) {
            throw new FormatException("a repository of the hub's cache without refs/main; name one of its snapshots, "
                    + Names.list(revisions));
        }
        return snapshots.resolve(revisions.get(0));
    }

    private static FormatException none(Path directory) throws IOException {
        if (Files.isRegularFile(directory.resolve(".metadata"))
                && !names(directory, ".distcp").isEmpty()) {
            return new FormatException("a distributed checkpoint of PyTorch in its own format (.distcp); convert it by"
                    + " torch.distributed.checkpoint.format_utils.dcp_to_torch_save");
        }
        List<String> others = names(
                directory,
                entry -> CHECKPOINT.matcher(entry.getFileName().toString()).matches() && Files.isRegularFile(entry));
        if (others.isEmpty()) {
            others = names(directory, WeightsDirectory::isCandidate);
        }
        String mend = others.isEmpty()
                ? "give the directory or the file that has the weights"
                : "name what you mean; there are " + Names.list(others);
        return new FormatException("a directory without weights: it has no " + String.join(", no ", FILES)
                + " and no shards of a distributed checkpoint (shard-00001-model-...); " + mend);
    }

    private static boolean isCandidate(Path directory) {
        return CACHED_REPOSITORY.matcher(directory.getFileName().toString()).matches()
                || FILES.stream().anyMatch(name -> Files.exists(directory.resolve(name)));
    }

    private static List<String> names(Path directory, String suffix) throws IOException {
        return names(directory, entry -> entry.getFileName().toString().endsWith(suffix));
    }

    static List<String> names(Path directory, DirectoryStream.Filter<Path> filter) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, filter)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        names.sort(Names.UTF8_ORDER);
        return names;
    }
}
