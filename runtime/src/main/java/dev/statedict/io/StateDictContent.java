package dev.statedict.io;

import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.io.element.TensorDigest;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.write.StorageSpan;
import dev.statedict.io.write.StoredContent;
import dev.statedict.io.write.StoredEntry;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides what of a state dict goes to a file: the type of each entry, and what travels beside the entries. */
final class StateDictContent {
    private StateDictContent() {}

    static StoredContent of(StateDict dict, WriteOptions options, Map<String, String> formatMetadata) {
        List<StoredEntry> entries = entries(dict, options);
        Map<String, String> digests = new LinkedHashMap<>();
        if (options.digest()) {
            entries.forEach(entry -> digests.put(entry.key(), TensorDigest.of(entry.tensor(), entry.type())));
        }
        ReservedMetadata reserved = new ReservedMetadata(dict.versions(), dict.extraState(), digests);
        return new StoredContent(entries, options.metadata(formatMetadata), reserved);
    }

    /** Entries on one storage are stored as one type, or a tie would come apart. */
    private static List<StoredEntry> entries(StateDict dict, WriteOptions options) {
        Map<float[], StoredType> types = new IdentityHashMap<>();
        dict.forEach((key, tensor) -> {
            if (key.equals("__metadata__")) {
                throw new IllegalArgumentException("the key \"__metadata__\" is reserved; rename the entry");
            }
            Names.requireUnicode(key);
            types.merge(tensor.storage(), dict.storedType(key), (one, other) -> one == other ? one : StoredType.F32);
        });
        StorageSpan.of(dict.values())
                .forEach((storage, span) -> types.computeIfPresent(
                        storage,
                        (array, type) -> StoredEntry.of("", span.tensor(), type).type()));
        List<StoredEntry> entries = new ArrayList<>(dict.size());
        dict.forEach((key, tensor) -> {
            StoredType type = types.getOrDefault(tensor.storage(), StoredType.F32);
            entries.add(new StoredEntry(key, tensor, type).as(options.storedType()));
        });
        return entries;
    }
}
