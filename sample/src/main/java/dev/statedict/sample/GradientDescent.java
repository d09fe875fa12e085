package dev.statedict.sample;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.TensorMath;
import java.util.List;

/**
 * Mini-batch gradient descent with weight decay, as {@code torch.optim.SGD}:
 * {@code p -= learningRate * (gradient + weightDecay * p)}, where the gradient is the batch's mean.
 */
final class GradientDescent {
    private final LogisticRegression model;
    private final TrainingSettings settings;
    private final LogisticRegression gradient = LogisticRegression.zeros(Digits.PIXELS, Digits.CLASSES);
    private final Tensor logits;

    GradientDescent(LogisticRegression model, TrainingSettings settings) {
        this.model = model;
        this.settings = settings;
        this.logits = Tensor.zeros(settings.batchSize(), Digits.CLASSES);
    }

    /** Goes over the digits once, in their order; the last batch may be smaller. */
    void epoch(Digits digits) {
        for (int start = 0; start < digits.size(); start += settings.batchSize()) {
            step(digits.narrow(start, Math.min(settings.batchSize(), digits.size() - start)));
        }
    }

    private void step(Digits batch) {
        Tensor dy = logits.narrow(0, 0, batch.size());
        model.fc.forward(batch.images(), dy);
        CrossEntropy.toGradient(dy, batch.labels());
        model.fc.backward(batch.images(), dy, gradient.fc);

        List<Tensor> parameters = model.parameters();
        List<Tensor> gradients = gradient.parameters();
        float rate = settings.learningRate();
        for (int i = 0; i < parameters.size(); i++) {
            Tensor parameter = parameters.get(i);
            TensorMath.addInPlace(parameter, parameter, -rate * settings.weightDecay());
            TensorMath.addInPlace(parameter, gradients.get(i), -rate / batch.size());
        }
    }
}
