package dev.statedict.spark;

import dev.statedict.tensor.Tensor;

/** {@link Softmax} for pipelines. */
public final class SoftmaxClassifier implements RowClassifier<Softmax> {
    private static final long serialVersionUID = 1;

    public SoftmaxClassifier() {}

    @Override
    public Softmax create(int features, int classes) {
        return new Softmax(features, classes);
    }

    @Override
    public Tensor logits(Softmax model, Tensor features) {
        return model.logits(features);
    }

    @Override
    public double sum(Softmax model, RowBlock block, int classes, Softmax gradient) {
        return Softmax.sum(model, block, classes, gradient);
    }
}
