package dev.statedict.io.hub;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.safetensors.ShardIndex;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens a shard index and all its shards as one, of safetensors or of PyTorch. Index and shards must agree before anything
 * else is done, and all in which they do not is told at once. What a shard holds beyond the index is read too, as by
 * transformers: nothing is lost in silence.
 */
public final class ShardedReader {
    private static final Pattern NUMBERED = Pattern.compile("(.*)-\\d{5,}-of-(\\d{5,}\\.\\w+)");

    /** Opens a file by its content. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens a file.
         *
         * @param file closed with the content, or at once if this fails
         * @return what it holds
         * @throws IOException when it cannot be read, or is none
         */
        FileContent open(FileBytes file) throws IOException;
    }

    private final Path index;
    private final Opener opener;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, FileContent> shards = new LinkedHashMap<>();

    private ShardedReader(Path index, Opener opener) {
        this.index = index;
        this.opener = opener;
    }

    /**
     * Reads the index and what the shards say of themselves.
     *
     * @param index the index; closed with the content
     * @param path where it lies, and its shards beside it
     * @param opener opens each shard
     * @return the content, tensors in the index's order, then what it does not name, then restored ties
     * @throws IOException when a file cannot be read or breaks a rule of its format, a shard is missing or stray, or a
     *     tensor is not where the index says
     */
    public static FileContent open(FileBytes index, Path path, Opener opener) throws IOException {
        ShardIndex content = ShardIndex.read(index);
        ShardedReader reader = new ShardedReader(path, opener);
        try {
            return reader.read(content, index);
        } catch (IOException | RuntimeException | Error failed) {
            for (FileContent shard : reader.shards.values()) {
                shard.close();
            }
            throw failed;
        }
    }

    private FileContent read(ShardIndex content, FileBytes file) throws IOException {
        Set<String> names = new LinkedHashSet<>(content.shards().values());
        refuseStrays(names);
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            openShard(name, missing);
        }
        if (!missing.isEmpty()) {
            problems.add(
                    missing.size() == 1
                            ? "the shard " + Names.list(missing) + " is missing"
                            : "the shards " + Names.list(missing) + " are missing");
        }
        refuseProblems();
        SeveralFiles several = new SeveralFiles();
        shards.forEach(several::add);
        problems.addAll(several.problems(content.shards()));
        refuseProblems();
        return several.content(content, file);
    }

    private void openShard(String name, List<String> missing) throws IOException {
        try {
            shards.put(name, opener.open(FileBytes.open(index.resolveSibling(name))));
        } catch (NoSuchFileException | InvalidPathException noFile) {
            missing.add(name);
        } catch (FileSystemException unopened) {
            // a name may be too long for a file
            if (unopened instanceof AccessDeniedException || Files.exists(index.resolveSibling(name))) {
                throw unopened;
            }
            missing.add(name);
        } catch (FormatException broken) {
            problems.add("shard " + Names.quote(name) + ": " + broken.getMessage());
        }
    }

    /** Files beside the index that are numbered as its shards are, and that it does not name. */
    private void refuseStrays(Set<String> named) throws IOException {
        Path directory = index.toAbsolutePath().resolveSibling("");
        Set<String> series = new LinkedHashSet<>();
        named.forEach(name -> series.add(series(name)));
        List<String> strays = WeightsDirectory.names(directory, entry -> {
            String name = entry.getFileName().toString();
            return !named.contains(name) && NUMBERED.matcher(name).matches() && series.contains(series(name));
        });
        if (!strays.isEmpty()) {
            problems.add("the index does not name the shards " + Names.list(strays) + " beside it");
        }
    }

    /** What a shard's name has in common with those of its siblings. */
    private static String series(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? numbered.group(1) + "/" + numbered.group(2) : name;
    }

    private void refuseProblems() throws FormatException {
        if (problems.isEmpty()) {
            return;
        }
        Path directory = index.toAbsolutePath().resolveSibling("");
        String mend = directory.endsWith("blobs") && Files.isDirectory(directory.resolveSibling("snapshots"))
                ? "name the index by its link in snapshots, where its shards lie beside it"
                : "fetch index and shards again, of one revision";
        throw new FormatException(
                problems.size() == 1
                        ? problems.get(0) + "; " + mend
                        : "index and shards do not agree:\n\t" + String.join("\n\t", problems) + "\n" + mend);
    }
}
