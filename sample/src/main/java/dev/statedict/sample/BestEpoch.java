package dev.statedict.sample;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import org.jspecify.annotations.Nullable;

/**
 * The epoch of least validation loss, and the model's weights then, kept twice.
 *
 * @param epoch which it was
 * @param alias the wrong way: it goes on following the model, as {@code model.state_dict()} does in PyTorch
 * @param copy the right way
 */
record BestEpoch(Epoch epoch, StateDict alias, StateDict copy) {
    /** The model's weights as they are, if the epoch is better than the best so far, which may be none. */
    static @Nullable BestEpoch better(@Nullable BestEpoch best, Epoch epoch, LogisticRegression model) {
        if (!isBetter(epoch, best == null ? null : best.epoch)) {
            return best;
        }
        return new BestEpoch(epoch, model.stateDict(Policy.ALIAS), model.stateDict(Policy.COPY));
    }

    /** Whether an epoch has less validation loss than the best so far, which may be none; NaN and infinity are never less. */
    static boolean isBetter(Epoch epoch, @Nullable Epoch best) {
        double least =
                best == null ? Double.POSITIVE_INFINITY : best.validation().loss();
        return epoch.validation().loss() < least;
    }
}
