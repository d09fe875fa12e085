package dev.statedict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a load was given, read once: the entries in order, and the extra state by module path. */
final class SourceEntries {
    /**
     * One entry of the given map.
     *
     * @param givenKey the key in the map that the caller gave
     * @param key the key in the module's terms
     * @param value what stood there; a tensor, if all is well
     */
    record SourceEntry(
            String givenKey, String key, @Nullable Object value) {}

    private final List<SourceEntry> entries;
    private final Map<String, SourceEntry> byKey;
    private final Map<String, @Nullable Object> extraState;

    private SourceEntries(List<SourceEntry> entries, Map<String, @Nullable Object> extraState) {
        this.entries = entries;
        this.extraState = extraState;
        this.byKey = new HashMap<>(entries.size() * 4 / 3 + 1);
        for (SourceEntry entry : entries) {
            byKey.put(entry.key(), entry);
        }
    }

    static SourceEntries of(Map<?, ?> map) {
        Objects.requireNonNull(map, "Expected state_dict to be dict-like, got null.");
        List<SourceEntry> entries = new ArrayList<>(map.size());
        for (Map.Entry<?, ?> entry : KeyOrder.of(map).entrySet()) {
            String key = (String) Objects.requireNonNull(entry.getKey(), "the state dict has a null key");
            entries.add(new SourceEntry(key, key, entry.getValue()));
        }
        return new SourceEntries(entries, map instanceof StateDict dict ? dict.extraState() : Map.of());
    }

    List<SourceEntry> entries() {
        return entries;
    }

    @Nullable
    SourceEntry find(String key) {
        return byKey.get(key);
    }

    Map<String, @Nullable Object> extraState() {
        return extraState;
    }
}
