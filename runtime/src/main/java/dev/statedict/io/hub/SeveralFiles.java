package dev.statedict.io.hub;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.read.ForeignItem;
import dev.statedict.io.safetensors.SafetensorsReader;
import dev.statedict.io.safetensors.ShardIndex;
import dev.statedict.tree.ExtraStateValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What several open files hold together, each a key of its own. */
final class SeveralFiles {
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, FileTensor> tensors = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, ForeignItem> foreign = new LinkedHashMap<>();
    private ReservedMetadata reserved = ReservedMetadata.NONE;
    private final Map<String, String> holders = new LinkedHashMap<>();
    private final Set<String> ties = new LinkedHashSet<>();
    private final List<FileBytes> files = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    void add(String name, FileContent file) {
        file.tensors().forEach((key, tensor) -> {
            // whether it is a tie the texts of all files tell
            if (file.possibleTies().contains(key)) {
                ties.add(key);
            } else {
                hold(name, key);
                tensors.put(key, tensor);
            }
        });
        file.foreign().keySet().forEach(key -> hold(name, key));
        file.values().keySet().forEach(key -> hold(name, key));
        file.reserved().extraState().keySet().forEach(module -> hold(name, ExtraStateValue.key(module)));
        metadata.putAll(file.metadata());
        values.putAll(file.values());
        foreign.putAll(file.foreign());
        reserved = reserved.and(file.reserved());
        files.addAll(file.files());
    }

    private void hold(String name, String key) {
        String other = holders.putIfAbsent(key, name);
        if (other != null) {
            problems.add("the shards " + Names.quote(other) + " and " + Names.quote(name) + " both hold "
                    + Names.quote(key));
        }
    }

    /** What speaks against an index of them, which says which file has a key: two have it, or that one has not. */
    List<String> problems(Map<String, String> index) {
        List<String> all = new ArrayList<>(problems);
        index.forEach((key, name) -> {
            String holder = holders.get(key);
            if (!name.equals(holder) && !ties.contains(key)) {
                all.add("the index has " + Names.quote(key) + " in the shard " + Names.quote(name) + ", which lacks it"
                        + (holder == null ? "" : "; " + Names.quote(holder) + " has it"));
            }
        });
        return all;
    }

    /** All of it, tensors in the order of the index, then those that it does not name. */
    FileContent content(ShardIndex index, FileBytes file) throws FormatException {
        Map<String, FileTensor> ordered = new LinkedHashMap<>();
        for (String key : index.shards().keySet()) {
            FileTensor tensor = tensors.get(key);
            if (tensor != null) {
                ordered.put(key, tensor);
            }
        }
        tensors.forEach(ordered::putIfAbsent);
        metadata.putAll(index.metadata());
        ReservedMetadata all = reserved.and(ReservedMetadata.take(metadata));
        Set<String> possibleTies =
                index.isOfSafetensors() ? SafetensorsReader.restoreTies(ordered, metadata) : Set.of();
        files.add(file);
        return new FileContent(ordered, metadata, values, foreign, all, possibleTies, files);
    }
}
