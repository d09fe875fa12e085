package dev.statedict.sample;

import dev.statedict.Buffer;
import dev.statedict.ExtraState;
import dev.statedict.Policy;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.TensorMath;
import java.util.Map;

/** What it takes to name digits: the trained model, how images were standardised for it, and what it was trained on. */
@StateModule(stateDict = Policy.COPY)
final class DigitClassifier implements DigitClassifierState {
    @Buffer
    final Tensor mean; // [pixels]

    @Buffer
    final Tensor deviation; // [pixels]

    final LogisticRegression model;

    @ExtraState
    Map<String, String> origin; // the form that an Origin is saved in

    private DigitClassifier(Tensor mean, Tensor deviation, LogisticRegression model, Map<String, String> origin) {
        this.mean = mean;
        this.deviation = deviation;
        this.model = model;
        this.origin = origin;
    }

    static DigitClassifier of(Training training, Origin origin) {
        Standardization standardization = training.standardization();
        return new DigitClassifier(
                vector(standardization.mean()),
                vector(standardization.deviation()),
                training.model(),
                origin.toExtraState());
    }

    /** One that knows nothing yet, to load a state dict into. */
    static DigitClassifier untrained() {
        return new DigitClassifier(
                Tensor.zeros(Digits.PIXELS),
                Tensor.zeros(Digits.PIXELS),
                LogisticRegression.zeros(Digits.PIXELS, Digits.CLASSES),
                Map.of());
    }

    /** What each of the digits, whose images are as they were read, is taken for. */
    int[] name(Digits digits) {
        Digits standardised = new Standardization(numbers(mean), numbers(deviation)).apply(digits);
        return TensorMath.argmax(model.forward(standardised.images()));
    }

    private static Tensor vector(double[] numbers) {
        Tensor vector = Tensor.zeros(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            vector.set((float) numbers[i], i);
        }
        return vector;
    }

    private static double[] numbers(Tensor vector) {
        double[] numbers = new double[vector.numel()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vector.get(i);
        }
        return numbers;
    }
}
