package dev.statedict.sample;

import dev.statedict.Buffer;
import dev.statedict.Policy;
import dev.statedict.StateModule;
import java.util.Random;

/**
 * {@link Random} with a state that can be kept: the same numbers for the same seed, to the bit, for {@link Random} is specified so.
 */
@StateModule(stateDict = Policy.COPY)
final class RandomNumbers extends Random implements RandomNumbersState {
    private static final long serialVersionUID = 1;
    private static final long MULTIPLIER = 0x5DEECE66DL;
    private static final long MASK = (1L << 48) - 1;

    @Buffer
    long state; // without an initial value, which would undo what the superclass's constructor sets

    RandomNumbers(long seed) {
        super(seed);
    }

    @Override
    public void setSeed(long seed) {
        state = (seed ^ MULTIPLIER) & MASK;
    }

    @Override
    protected int next(int bits) {
        state = (state * MULTIPLIER + 0xB) & MASK;
        return (int) (state >>> (48 - bits));
    }
}
