package dev.statedict;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each key stands among the entries. Immutable, so that threads may share one without a lock. */
final class KeyIndex {
    private final Map<String, Integer> positions;

    private KeyIndex(Map<String, Integer> positions) {
        this.positions = positions;
    }

    static KeyIndex of(StateEntry[] entries) {
        Map<String, Integer> positions = new HashMap<>(entries.length * 4 / 3 + 1);
        for (int position = 0; position < entries.length; position++) {
            positions.put(entries[position].getKey(), position);
        }
        return new KeyIndex(positions);
    }

    /** The entry's position, or -1; null and foreign types are no keys. */
    int find(@Nullable Object key) {
        Integer position = key instanceof String ? positions.get(key) : null;
        return position == null ? -1 : position;
    }
}
