package dev.statedict.codec;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a dict. Maps and sets are in order.
 *
 * @param entries the entries in order
 * @param notes what is beside them
 */
public record CodedDict(List<CodedEntry> entries, Notes notes) {
    /**
     * What is beside the entries.
     *
     * @param extraState by module path: a string, a map of strings, or null
     * @param versions by module path
     * @param possibleTies keys of entries that may be none
     * @param metadata texts by name
     * @param digests by key: SHA-256 of an entry's elements, row-major and little-endian, in hexadecimal
     */
    public record Notes(
            Map<String, @Nullable Object> extraState,
            Map<String, Integer> versions,
            Set<String> possibleTies,
            Map<String, String> metadata,
            Map<String, String> digests) {
        /** Nothing. */
        public static final Notes NONE = new Notes(Map.of(), Map.of(), Set.of(), Map.of(), Map.of());
    }
}
