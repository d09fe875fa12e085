package dev.statedict.sample;

import dev.statedict.Buffer;
import dev.statedict.Policy;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

/** What it takes to name digits: the trained model, and how images were standardised for it. */
@StateModule(stateDict = Policy.COPY)
final class DigitClassifier implements DigitClassifierState {
    @Buffer
    final Tensor mean; // [pixels]

    @Buffer
    final Tensor deviation; // [pixels]

    final LogisticRegression model;

    private DigitClassifier(Tensor mean, Tensor deviation, LogisticRegression model) {
        this.mean = mean;
        this.deviation = deviation;
        this.model = model;
    }

    static DigitClassifier of(Training training) {
        Standardization standardization = training.standardization();
        return new DigitClassifier(
                vector(standardization.mean()), vector(standardization.deviation()), training.model());
    }

    /** One that knows nothing yet, to load a state dict into. */
    static DigitClassifier untrained() {
        return new DigitClassifier(
                Tensor.zeros(Digits.PIXELS),
                Tensor.zeros(Digits.PIXELS),
                LogisticRegression.zeros(Digits.PIXELS, Digits.CLASSES));
    }

    /** How it does on digits whose images are as they were read. */
    Evaluation evaluate(Digits digits) {
        return Evaluation.of(model, new Standardization(numbers(mean), numbers(deviation)).apply(digits));
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
