package dev.statedict.sample;

import java.util.Random;

/** Random orders. {@link Random} is specified to the bit, so a seed means the same order on every machine. */
final class Permutation {
    private Permutation() {}

    /** The numbers from 0 to {@code size - 1}, shuffled as Fisher and Yates do. */
    static int[] random(int size, Random random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
