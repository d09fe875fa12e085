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

    GradientDescent(LogisticRegression model, TrainingSettings settings) {
        this.model = model;
        this.settings = settings;
    }

    /** Goes over the digits once, in their order; the last batch may be smaller. */
    void epoch(Digits digits) {
        int most = Math.min(settings.batchSize(), digits.size());
        Tensor logits = Tensor.zeros(most, Digits.CLASSES);
        for (int start = 0; start < digits.size(); start += most) {
            int size = Math.min(most, digits.size() - start);
            step(digits.narrow(start, size), logits.narrow(0, 0, size));
        }
    }

    /** One step; {@code dy} is written to. */
    private void step(Digits batch, Tensor dy) {
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
