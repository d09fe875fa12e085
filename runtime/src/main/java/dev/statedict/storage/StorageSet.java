package dev.statedict.storage;

import dev.statedict.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The storages of some tensors: an array is in it when it is the very array of one of them. */
public final class StorageSet {
    // a hash table by identity: the next slot is tried where one is taken; at most half are
    private @Nullable float[][] slots;
    private int size;

    /**
     * An empty set.
     *
     * @param expected about how many storages there will be
     */
    public StorageSet(int expected) {
        slots = new float[Math.max(Integer.highestOneBit(expected) * 4, 8)][];
    }

    public void add(Tensor tensor) {
        add(tensor.storage());
    }

    private void add(float[] storage) {
        int slot = slot(storage);
        if (slots[slot] == null) {
            slots[slot] = storage;
            if (++size * 2 > slots.length) {
                grow();
            }
        }
    }

    private void grow() {
        @Nullable float[][] before = slots;
        slots = new float[before.length * 2][];
        size = 0;
        for (float[] storage : before) {
            if (storage != null) {
                add(storage);
            }
        }
    }

    public boolean contains(Tensor tensor) {
        return slots[slot(tensor.storage())] != null;
    }

    /** Where the storage stands, or would stand. */
    private int slot(float[] storage) {
        int mask = slots.length - 1;
        int slot = System.identityHashCode(storage) & mask;
        while (slots[slot] != null && slots[slot] != storage) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
