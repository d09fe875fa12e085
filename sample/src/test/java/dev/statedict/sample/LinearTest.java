package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Policy;
import dev.statedict.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearTest {
    @Test
    void appliesWeightAndBias() {
        Linear linear = new Linear(Tensor.wrap(new float[] {1, 2, 3, 4}, 2, 2), Tensor.wrap(new float[] {10, 20}, 2));

        Tensor y = linear.forward(Tensor.wrap(new float[] {1, 0, 0, 1, 1, 1}, 3, 2));

        assertThat(y.shape()).containsExactly(3, 2);
        assertThat(y.toArray()).containsExactly(11, 23, 12, 24, 13, 27);
    }

    @Test
    void randomParametersLieWherePyTorchDrawsThem() {
        Linear linear = Linear.random(64, 10, new Random(1));

        assertThat(linear.weight.shape()).containsExactly(10, 64);
        assertThat(linear.bias.shape()).containsExactly(10);
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : linear.weight.toArray()) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        assertThat(least).isBetween(-0.125f, -0.12f);
        assertThat(most).isBetween(0.12f, 0.125f);
    }

    @Test
    void aSeedMeansTheSameParameters() {
        assertThat(Linear.random(5, 3, new Random(7))
                        .stateDict()
                        .contentEquals(Linear.random(5, 3, new Random(7)).stateDict()))
                .isTrue();
    }

    @Test
    void itsStateDictAliasesAndThatOfTheModelAroundItCopies() {
        LogisticRegression model = LogisticRegression.random(3, 2, new Random(0));

        assertThat(model.fc.stateDict().policy()).isEqualTo(Policy.ALIAS);
        assertThat(model.fc.stateDict().get("weight")).isSameAs(model.fc.weight);
        assertThat(model.stateDict().policy()).isEqualTo(Policy.COPY);
        assertThat(model.stateDict()).containsOnlyKeys("fc.weight", "fc.bias");
        assertThat(model.stateDict().get("fc.weight").sharesStorageWith(model.fc.weight))
                .isFalse();
    }
}
