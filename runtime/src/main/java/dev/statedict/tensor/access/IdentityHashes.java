package dev.statedict.tensor.access;

/**
 * Identity hashes of arrays. They tell in 3 ns that an array is none of them, where a set of the arrays takes 20; copying a
 * row of 1,024 elements takes 80. Once in many thousands of times two arrays have the same, and whoever asks then looks
 * closely.
 *
 * <p>Every load asks them of every place and every source. It is a table by hand: with a set of the JDK in its place, and for
 * keys in that of the cursor of a load's sources, a planned load takes 2.9 times as long ({@code load-small} of the
 * benchmarks, with a counter in the model).
 */
public final class IdentityHashes {
    // where 0 is free: the next slot is tried where one is taken; at most half are
    private int[] slots;
    private int size;

    /**
     * None yet.
     *
     * @param expected about how many there will be
     */
    public IdentityHashes(int expected) {
        slots = new int[Math.max(Integer.highestOneBit(Math.min(expected, 1 << 28)) * 4, 8)];
    }

    /**
     * Adds that of an array.
     *
     * @param array any array
     * @return false where it was there already, that of this array or, rarely, of another
     */
    public boolean add(Object array) {
        return add(of(array));
    }

    /**
     * That of an array.
     *
     * @param array any array
     * @return what {@link #addAll} takes; never 0
     */
    public static int of(Object array) {
        return System.identityHashCode(array) | 1;
    }

    /**
     * Adds those of arrays.
     *
     * @param hashes {@linkplain #of of} any arrays
     * @return false where one was there already, so that two arrays are one or, rarely, seem to be
     */
    public boolean addAll(int[] hashes) {
        for (int hash : hashes) {
            if (!add(hash)) {
                return false;
            }
        }
        return true;
    }

    private boolean add(int hash) {
        // a local variable: to read the field each time makes a load of 2,000 small tensors 5 % slower
        int[] table = slots;
        int mask = table.length - 1;
        int slot = hash >>> 1 & mask;
        while (table[slot] != 0) {
            if (table[slot] == hash) {
                return false;
            }
            slot = slot + 1 & mask;
        }
        table[slot] = hash;
        if (++size > table.length >> 1) {
            grow(new int[table.length * 2]);
        }
        return true;
    }

    private void grow(int[] larger) {
        int[] before = slots;
        slots = larger;
        size = 0;
        for (int hash : before) {
            if (hash != 0) {
                add(hash);
            }
        }
    }

    /** {@return whether none was added} */
    boolean isEmpty() {
        return size == 0;
    }

    /**
     * Whether an array might have been added.
     *
     * @param array any array
     * @return false only where it was not
     */
    public boolean mayHold(Object array) {
        int hash = of(array);
        int mask = slots.length - 1;
        int slot = hash >>> 1 & mask;
        while (slots[slot] != 0) {
            if (slots[slot] == hash) {
                return true;
            }
            slot = slot + 1 & mask;
        }
        return false;
    }
}
