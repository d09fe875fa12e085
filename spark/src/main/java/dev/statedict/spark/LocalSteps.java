package dev.statedict.spark;

import dev.statedict.Stateful;
import java.io.Serializable;
import java.util.List;

/**
 * What a shard does in a round of {@link LocalSgd}.
 *
 * @param <M> the module's class
 */
@FunctionalInterface
public interface LocalSteps<M extends Stateful> extends Serializable {
    /**
     * Trains.
     *
     * @param model a module of the shard's own, in the state that the round began with
     * @param blocks the shard's blocks in order, to be read alone
     * @param round from 0
     */
    void train(M model, List<RowBlock> blocks, int round);
}
