package dev.statedict;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where each key stands among the entries. A key is joined when it is looked for and not before: its hash follows from
 * those of its parts. Immutable, so that threads may share one without a lock.
 *
 * <p>A hash table of slots that each hold a hash and a position. Where one is taken the next are tried, but not many: keys
 * that find none, because they were made to have the same hash, go to a map that sorts such keys.
 */
final class KeyIndex {
    private static final int TRIES = 32;
    private static final long FREE = -1;

    private final StateEntry[] entries;
    private final long[] slots;
    private final Map<String, Integer> crowded = new HashMap<>();

    private KeyIndex(StateEntry[] entries) {
        this.entries = entries;
        this.slots = new long[Math.max(Integer.highestOneBit(entries.length) * 4, 2)];
        Arrays.fill(slots, FREE);
    }

    static KeyIndex of(StateEntry[] entries) {
        KeyIndex index = new KeyIndex(entries);
        PrefixHash prefix = new PrefixHash();
        for (int position = 0; position < entries.length; position++) {
            StateEntry entry = entries[position];
            index.add(prefix.of(entry.module()).joinedWith(entry.name()), position);
        }
        return index;
    }

    private void add(int hash, int position) {
        int slot = firstSlot(hash);
        for (int tries = 0; tries < TRIES; tries++, slot = slot + 1 & slots.length - 1) {
            if (slots[slot] == FREE) {
                slots[slot] = (long) hash << 32 | position;
                return;
            }
        }
        crowded.put(entries[position].getKey(), position);
    }

    /** The entry's position, or -1; null and foreign types are no keys. */
    int find(@Nullable Object key) {
        if (!(key instanceof String text)) {
            return -1;
        }
        int hash = text.hashCode();
        int slot = firstSlot(hash);
        for (int tries = 0; tries < TRIES; tries++, slot = slot + 1 & slots.length - 1) {
            long held = slots[slot];
            if (held == FREE) {
                return -1;
            }
            if ((int) (held >>> 32) == hash && entries[(int) held].getKey().equals(text)) {
                return (int) held;
            }
        }
        return crowded.getOrDefault(text, -1);
    }

    /** The upper bits of a product with the golden ratio, which spreads hashes that lie close together. */
    private int firstSlot(int hash) {
        return hash * 0x9E3779B9 >>> Integer.numberOfLeadingZeros(slots.length - 1);
    }
}
