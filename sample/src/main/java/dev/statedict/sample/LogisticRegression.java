package dev.statedict.sample;

import dev.statedict.Policy;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;
import java.util.Random;

/** Multinomial logistic regression: a linear layer, whose outputs are logits. Its state dict is a snapshot. */
@StateModule(stateDict = Policy.COPY)
public final class LogisticRegression implements LogisticRegressionState {
    final Linear fc; // a submodule: its keys are "fc.weight" and "fc.bias"

    /**
     * A model on the given layer.
     *
     * @param fc from features to classes
     */
    public LogisticRegression(Linear fc) {
        this.fc = fc;
    }

    /**
     * A model with random parameters.
     *
     * @param features the number of inputs
     * @param classes the number of outputs
     * @param random where to draw from
     * @return a new model
     */
    public static LogisticRegression random(int features, int classes, Random random) {
        return new LogisticRegression(Linear.random(features, classes, random));
    }

    /**
     * A model whose parameters are zero, to hold gradients by another's.
     *
     * @param features the number of inputs
     * @param classes the number of outputs
     * @return a new model
     */
    public static LogisticRegression zeros(int features, int classes) {
        return new LogisticRegression(new Linear(Tensor.zeros(classes, features), Tensor.zeros(classes)));
    }

    /**
     * Applies the model.
     *
     * @param x {@code [batch, features]}
     * @return the logits in a new tensor, {@code [batch, classes]}
     */
    public Tensor forward(Tensor x) {
        return fc.forward(x);
    }
}
