package dev.statedict.benchmark.model;

import dev.statedict.Parameter;
import dev.statedict.StateModule;
import org.jspecify.annotations.Nullable;

/** A module with one of its own kind in it. */
@StateModule
public final class Chain implements ChainState {
    @Parameter
    final float[] weight = {1};

    final @Nullable Chain next;

    /**
     * Some in one another.
     *
     * @param depth how many
     */
    public Chain(int depth) {
        next = depth == 1 ? null : new Chain(depth - 1);
    }
}
