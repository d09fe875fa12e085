package dev.statedict.io.safetensors;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.transfer.Progress;
import dev.statedict.io.write.AtomicFile;
import dev.statedict.io.write.FileImage;
import dev.statedict.io.write.StoredDict;
import dev.statedict.io.write.StoredEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a dict as shards beside an index, or as one file if that is enough. The index is replaced last and in one step,
 * by one that names new files; only then the old shards are deleted, which are those that the old index names. So at any
 * moment the index and its shards fit together. What a killed save has left, as its {@link ShardJournal} tells, is deleted by the
 * next one to that place, and no other file is. Two saves of shards to one place at a time are one too many.
 */
public final class ShardedWriter {
    private ShardedWriter() {}

    /**
     * Whether a file may be in shards, which have their names from its own.
     *
     * @param path the one file
     * @return whether its name is that of a safetensors file
     */
    public static boolean canBeAt(Path path) {
        return String.valueOf(path.getFileName()).endsWith(ShardNames.SUFFIX);
    }

    /**
     * Writes the shards and the index, or the one file. What was to be read under the path before is replaced: of shards those
     * that the index names are deleted, and of other files none.
     *
     * @param path the one file; the index and the shards take their names from it
     * @param dict what to write
     * @param shardSize the most bytes of tensors in one shard, unless a single tensor has more
     * @param flush as for {@link AtomicFile}
     * @param progress is told of each piece
     * @throws IllegalArgumentException when the format cannot express the content
     * @throws IOException when a file cannot be written; what was there before is then as it was
     */
    public static void write(Path path, StoredDict dict, long shardSize, boolean flush, Progress progress)
            throws IOException {
        Ties ties = Ties.among(dict.entries(), dict.possibleTies());
        List<List<StoredEntry>> shards = split(ties.kept(), shardSize);
        Path index = ShardNames.index(path);
        Set<String> old = shardsOf(index);
        ShardJournal.cleanUp(path, old);
        if (shards.size() > 1) {
            List<String> names = ShardNames.unused(path, shards.size());
            Set<String> all = new LinkedHashSet<>(names);
            all.addAll(old);
            try (ShardJournal journal = ShardJournal.begin(path, all)) {
                try {
                    writeShards(path, dict, ties, shards, names, flush, progress);
                } catch (IOException | RuntimeException | Error failed) {
                    deleteUnnamed(path, all, journal, failed);
                    throw failed;
                }
                Files.deleteIfExists(path);
                ShardNames.delete(path, old);
                journal.end();
            }
        } else {
            boolean replacesShards = Files.notExists(path);
            FileImage image = SafetensorsWriter.image(dict);
            progress.begin(image.elementBytes());
            AtomicFile.write(path, flush, image, progress);
            if (replacesShards && Files.deleteIfExists(index)) {
                ShardNames.delete(path, old);
            }
        }
    }

    /** Leaves what the index names: that is the old shards, unless what failed came after the new ones were in place. */
    private static void deleteUnnamed(Path path, Set<String> all, ShardJournal journal, Throwable failed) {
        try {
            Set<String> unnamed = new LinkedHashSet<>(all);
            unnamed.removeAll(shardsOf(ShardNames.index(path)));
            ShardNames.delete(path, unnamed);
            journal.end();
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    /** The shards that an index names; none when it is not there, or is no index. */
    private static Set<String> shardsOf(Path index) throws IOException {
        if (!Files.isRegularFile(index)) {
            return Set.of();
        }
        try (FileBytes file = FileBytes.open(index)) {
            return new LinkedHashSet<>(ShardIndex.read(file).shards().values());
        } catch (FormatException noIndex) {
            return Set.of();
        }
    }

    private static void writeShards(
            Path path,
            StoredDict dict,
            Ties ties,
            List<List<StoredEntry>> shards,
            List<String> names,
            boolean flush,
            Progress progress)
            throws IOException {
        Map<String, String> metadata = new TreeMap<>(SafetensorsWriter.metadata(dict, ties));
        // the index says the rest, once for all shards
        String format = metadata.remove(Ties.FORMAT);
        Map<String, String> shardMetadata = format == null ? Map.of() : Map.of(Ties.FORMAT, format);
        long totalSize = ties.kept().stream().mapToLong(StoredEntry::byteCount).sum();
        progress.begin(totalSize);
        Map<String, String> weightMap = new LinkedHashMap<>();
        for (int i = 0; i < shards.size(); i++) {
            FileImage shard = SafetensorsWriter.image(shards.get(i), shardMetadata);
            AtomicFile.write(path.resolveSibling(names.get(i)), flush, shard, progress);
            for (StoredEntry entry : shards.get(i)) {
                weightMap.put(entry.key(), names.get(i));
            }
        }
        FileImage index = FileImage.of(new ShardIndex(ShardNames.SUFFIX, metadata, weightMap).toJson(totalSize));
        AtomicFile.write(ShardNames.index(path), flush, index, progress);
    }

    /** As huggingface_hub splits: one after the other in the dict's order, a tensor beyond the limit by itself. */
    private static List<List<StoredEntry>> split(List<StoredEntry> entries, long shardSize) {
        List<List<StoredEntry>> shards = new ArrayList<>();
        List<StoredEntry> current = new ArrayList<>();
        long size = 0;
        for (StoredEntry entry : entries) {
            if (entry.byteCount() > shardSize) {
                shards.add(List.of(entry));
                continue;
            }
            if (size + entry.byteCount() > shardSize) {
                shards.add(current);
                current = new ArrayList<>();
                size = 0;
            }
            current.add(entry);
            size += entry.byteCount();
        }
        if (!current.isEmpty()) {
            shards.add(current);
        }
        return shards;
    }
}
