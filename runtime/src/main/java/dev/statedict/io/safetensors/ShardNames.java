package dev.statedict.io.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of shards: {@code model-00001-of-00003.safetensors} and {@code model.safetensors.index.json} for
 * {@code model.safetensors}.
 */
final class ShardNames {
    static final String SUFFIX = ".safetensors";
    static final String INDEX_SUFFIX = ".index.json";

    private static final Pattern NUMBERED = Pattern.compile("(.*)-(\\d{5,})-of-(\\d{5,})\\.safetensors");

    private ShardNames() {}

    /** Whether a name is that of a file beside the index, on every operating system. */
    static boolean isPlain(String name, String suffix) {
        return name.endsWith(suffix)
                && !name.equals(suffix)
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < 0x20);
    }

    static Path index(Path file) {
        return file.resolveSibling(file.getFileName() + INDEX_SUFFIX);
    }

    /**
     * Names for new shards. Those of the old shards stay as they are until the new index names the new ones, so a name that
     * is taken is never given: every second save counts up, {@code model.1-00001-of-00003.safetensors}.
     */
    static List<String> unused(Path file, int count) {
        String stem = stem(file);
        for (int generation = 0; ; generation++) {
            List<String> names = new ArrayList<>(count);
            for (int shard = 1; shard <= count; shard++) {
                names.add(String.format(
                        "%s%s-%05d-of-%05d%s", stem, generation == 0 ? "" : "." + generation, shard, count, SUFFIX));
            }
            if (names.stream().allMatch(shard -> Files.notExists(file.resolveSibling(shard)))) {
                return names;
            }
        }
    }

    /** Deletes shards of a file by their names; a name that {@link #unused} would not give for it is left alone. */
    static void delete(Path file, Collection<String> names) throws IOException {
        for (String name : names) {
            if (belongsTo(file, name)) {
                Files.deleteIfExists(file.resolveSibling(name));
            }
        }
    }

    /** Whether a name is one that {@link #unused} gives for the file. */
    private static boolean belongsTo(Path file, String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() && numbered.group(1).matches(Pattern.quote(stem(file)) + "(\\.\\d+)?");
    }

    static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
