package dev.statedict.spark;

import dev.statedict.Stateful;
import java.io.Serializable;

/**
 * The loss of a module on a block of rows, and its gradient.
 *
 * @param <M> the module's class
 */
@FunctionalInterface
public interface LossGradient<M extends Stateful> extends Serializable {
    /**
     * Computes both, as sums over the rows, each times its weight, not as means.
     *
     * @param model to be read alone
     * @param block the rows, to be read alone
     * @param gradient a module of the same class, whose parameters are zero: where to write the gradient
     * @return the sum of the losses
     */
    double sum(M model, RowBlock block, M gradient);
}
