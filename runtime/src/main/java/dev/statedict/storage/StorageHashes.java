package dev.statedict.storage;

import dev.statedict.tensor.Tensor;

/**
 * Tells at little cost whether tensors have each a storage of its own, as most have. It compares identity hashes alone,
 * so that once in many thousands of times it takes two storages for one.
 */
public final class StorageHashes {
    // a hash table where 0 is free: the next slot is tried where one is taken; at most half are
    private final int[] slots;
    private boolean apart = true;

    /**
     * No tensors yet.
     *
     * @param most how many there will be at most
     */
    public StorageHashes(int most) {
        slots = new int[Math.max(Integer.highestOneBit(most) * 4, 8)];
    }

    public void add(Tensor tensor) {
        int hash = System.identityHashCode(tensor.storage()) | 1;
        int mask = slots.length - 1;
        int slot = hash >>> 1 & mask;
        while (slots[slot] != 0) {
            if (slots[slot] == hash) {
                apart = false;
                return;
            }
            slot = slot + 1 & mask;
        }
        slots[slot] = hash;
    }

    /** Whether no two tensors have the same storage. It is never true where two have. */
    public boolean areApart() {
        return apart;
    }
}
