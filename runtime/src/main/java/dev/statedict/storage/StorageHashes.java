package dev.statedict.storage;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;

/**
 * Tells at little cost whether tensors have each arrays of its own, as most have. It compares identity hashes alone,
 * so that once in many thousands of times it takes two arrays for one, and the caller then looks closely.
 *
 * <p>Every load asks it of every place and every source. It is the one table by hand: with tables of the JDK in its place,
 * and for keys in that of the cursor of a load's sources, a planned load takes 2.9 times as long ({@code load-small} of the
 * benchmarks, with a counter in the model).
 */
public final class StorageHashes {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    // a hash table where 0 is free: the next slot is tried where one is taken; at most half are
    private int[] slots;
    private int size;
    private boolean apart = true;

    /**
     * No tensors yet.
     *
     * @param expected about how many there will be
     */
    public StorageHashes(int expected) {
        slots = new int[Math.max(Integer.highestOneBit(expected) * 4, 8)];
    }

    public void add(Tensor tensor) {
        int count = TENSORS.arrayCount(tensor);
        for (int i = 0; i < count; i++) {
            add(System.identityHashCode(TENSORS.array(tensor, i)) | 1);
        }
    }

    private void add(int hash) {
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
        // of tensors on rows there are more arrays than tensors
        if (++size * 2 > slots.length) {
            grow();
        }
    }

    private void grow() {
        int[] before = slots;
        slots = new int[before.length * 2];
        size = 0;
        for (int hash : before) {
            if (hash != 0) {
                add(hash);
            }
        }
    }

    /** Whether no two tensors have an array in common, and none has one twice. It is never true where they have. */
    public boolean areApart() {
        return apart;
    }
}
