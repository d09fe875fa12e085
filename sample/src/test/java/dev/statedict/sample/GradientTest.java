package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.statedict.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GradientTest {
    private static final long SEED = 42;

    private final Random random = new Random(SEED);
    private final int[] labels = {3, 0, 9, 3, 5};
    private final Digits digits = new Digits(randomTensor(labels.length, Digits.PIXELS), labels);
    private final LogisticRegression model = LogisticRegression.random(Digits.PIXELS, Digits.CLASSES, random);

    @Test
    void theLossOfAnUndecidedModelIsTheLogarithmOfTheNumberOfClasses() {
        LogisticRegression undecided = LogisticRegression.zeros(Digits.PIXELS, Digits.CLASSES);

        assertThat(CrossEntropy.mean(undecided.forward(digits.images()), labels))
                .isCloseTo(Math.log(Digits.CLASSES), within(1e-6));
    }

    @Test
    void aStepGoesDownTheSlopeOfTheLoss() {
        LogisticRegression before = copy(model);
        float rate = 0.01f;

        new GradientDescent(model, new TrainingSettings(1, rate, labels.length, 0)).epoch(digits);

        for (int i = 0; i < 2; i++) {
            float[] old = before.parameters().get(i).toArray();
            float[] stepped = model.parameters().get(i).toArray();
            for (int j = 0; j < old.length; j += 37) {
                assertThat((old[j] - stepped[j]) / rate)
                        .as("parameter %d, element %d, seed %d", i, j, SEED)
                        .isCloseTo((float) slope(before, i, j), within(2e-3f));
            }
        }
    }

    @Test
    void weightDecayPullsEveryParameterToZero() {
        LogisticRegression plain = copy(model);
        LogisticRegression before = copy(model);

        new GradientDescent(plain, new TrainingSettings(1, 0.1f, 2, 0)).epoch(digits.narrow(0, 2));
        new GradientDescent(model, new TrainingSettings(1, 0.1f, 2, 0.5f)).epoch(digits.narrow(0, 2));

        for (int i = 0; i < 2; i++) {
            float[] pull = before.parameters().get(i).toArray();
            float[] expected = plain.parameters().get(i).toArray();
            for (int j = 0; j < expected.length; j++) {
                expected[j] -= 0.1f * 0.5f * pull[j];
            }
            assertThat(model.parameters().get(i).toArray()).containsExactly(expected, within(1e-6f));
        }
    }

    @Test
    void theLastBatchMayBeSmaller() {
        LogisticRegression byHand = copy(model);
        TrainingSettings settings = new TrainingSettings(1, 0.1f, 2, 0);

        new GradientDescent(model, settings).epoch(digits);
        for (int start = 0; start < 5; start += 2) {
            new GradientDescent(byHand, settings).epoch(digits.narrow(start, Math.min(2, 5 - start)));
        }

        assertThat(model.stateDict().contentEquals(byHand.stateDict())).isTrue();
    }

    @Test
    void anInterruptedTrainingGoesOnFromItsTwoStateDicts() {
        TrainingSettings settings =
                new TrainingSettings(4, 0.1, 2, 0.01, 0, TrainingSettings.Method.ADAM, Schedule.COSINE);
        LogisticRegression unbroken = copy(model);
        GradientDescent descent = new GradientDescent(unbroken, settings);
        for (int epoch = 0; epoch < 4; epoch++) {
            descent.epoch(digits);
        }

        GradientDescent first = new GradientDescent(model, settings);
        first.epoch(digits);
        first.epoch(digits);
        LogisticRegression resumed = copy(model);
        GradientDescent second = new GradientDescent(resumed, settings);
        second.loadStateDict(first.stateDict());
        second.epoch(digits);
        second.epoch(digits);

        assertThat(second.stateDict()).containsKeys("epoch", "optimizer.step", "optimizer.exp_avg.0");
        assertThat(resumed.stateDict().contentEquals(unbroken.stateDict())).isTrue();
        assertThat(second.stateDict().contentEquals(descent.stateDict())).isTrue();
    }

    /** The slope of the loss by one element, measured. */
    private double slope(LogisticRegression at, int parameter, int element) {
        float step = 0.01f;
        return (loss(at, parameter, element, step) - loss(at, parameter, element, -step)) / (2 * step);
    }

    private double loss(LogisticRegression at, int parameter, int element, float step) {
        LogisticRegression moved = copy(at);
        List<Tensor> parameters = moved.parameters();
        parameters.get(parameter).storage()[element] += step;
        return CrossEntropy.mean(moved.forward(digits.images()), labels);
    }

    private static LogisticRegression copy(LogisticRegression model) {
        LogisticRegression copy = LogisticRegression.zeros(Digits.PIXELS, Digits.CLASSES);
        copy.loadStateDict(model.stateDict());
        return copy;
    }

    private Tensor randomTensor(int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.numel(); i++) {
            tensor.storage()[i] = (float) random.nextGaussian();
        }
        return tensor;
    }
}
