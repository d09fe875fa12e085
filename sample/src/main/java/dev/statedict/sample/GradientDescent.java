package dev.statedict.sample;

import dev.statedict.Buffer;
import dev.statedict.Policy;
import dev.statedict.StateModule;
import dev.statedict.Transient;
import dev.statedict.tensor.Tensor;

/**
 * Mini-batch gradient descent on the cross-entropy. Its state is what it takes, beside the model's, to go on with a training:
 * the optimizer's, and how many epochs are done.
 */
@StateModule(stateDict = Policy.COPY)
final class GradientDescent implements GradientDescentState {
    @Transient // a module by itself, with a state dict of its own
    private final LogisticRegression model;

    @Transient // written anew in each step
    private final LogisticRegression gradient = LogisticRegression.zeros(Digits.PIXELS, Digits.CLASSES);

    final Optimizer optimizer;

    @Buffer
    int epoch;

    private final TrainingSettings settings;

    GradientDescent(LogisticRegression model, TrainingSettings settings) {
        this.model = model;
        this.settings = settings;
        this.optimizer = settings.optimizer(model.parameters());
    }

    /** Goes over the digits once, in their order; the last batch may be smaller. */
    void epoch(Digits digits) {
        double rate = settings.schedule().rate(settings.learningRate(), epoch, settings.epochs());
        int most = Math.min(settings.batchSize(), digits.size());
        Tensor logits = Tensor.zeros(most, Digits.CLASSES);
        for (int start = 0; start < digits.size(); start += most) {
            int size = Math.min(most, digits.size() - start);
            step(digits.narrow(start, size), logits.narrow(0, 0, size), rate);
        }
        epoch++;
    }

    /** One step; {@code dy} is written to. */
    private void step(Digits batch, Tensor dy, double rate) {
        model.fc.forward(batch.images(), dy);
        CrossEntropy.toGradient(dy, batch.labels());
        model.fc.backward(batch.images(), dy, gradient.fc);
        optimizer.step(gradient.parameters(), rate);
    }
}
