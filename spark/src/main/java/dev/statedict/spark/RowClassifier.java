package dev.statedict.spark;

import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.io.Serializable;

/**
 * What {@link StateDictClassifier} knows of a module class. To be implemented by a public class with a public constructor without
 * parameters, for its name is what a pipeline saves.
 *
 * @param <M> the module's class
 */
public interface RowClassifier<M extends Stateful> extends Serializable {
    /**
     * A new module, in the state that training begins with.
     *
     * @param features how many a row has
     * @param classes how many there are
     * @return one that shares nothing with another
     */
    M create(int features, int classes);

    /**
     * Applies a module.
     *
     * @param model to be read alone
     * @param features {@code [batch, features]}, F32, to be read alone
     * @return {@code [batch, classes]}, whose softmax are the probabilities
     */
    Tensor logits(M model, Tensor features);

    /**
     * The loss on a block of rows, and its gradient, as {@link LossGradient#sum} says.
     *
     * @param model to be read alone
     * @param block the rows, to be read alone
     * @param classes how many there are: {@code block.classes(classes)} checks the labels
     * @param gradient a module whose parameters are zero: where to write the gradient
     * @return the sum of the losses
     */
    double sum(M model, RowBlock block, int classes, M gradient);
}
