package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.tensor.Tensor;
import org.junit.jupiter.api.Test;

class StandardizationTest {
    private final Tensor fitted = Tensor.wrap(new float[] {1, 7, 3, 7, 5, 7, 7, 7}, 4, 2);

    @Test
    void whatItWasFittedToGetsMeanZeroAndVarianceOne() {
        Digits applied = Standardization.fit(fitted).apply(new Digits(fitted, new int[4]));

        float near = (float) (1 / Math.sqrt(5));
        float far = (float) (3 / Math.sqrt(5));
        assertThat(applied.images().select(1, 0).toArray()).containsExactly(-far, -near, near, far);
    }

    @Test
    void aFeatureThatNeverVariesIsMovedAndNotScaled() {
        Standardization standardization = Standardization.fit(fitted);
        Digits other = new Digits(Tensor.wrap(new float[] {4, 9}, 1, 2), new int[1]);

        assertThat(standardization.apply(other).images().toArray()).containsExactly(0, 2);
    }

    @Test
    void theGivenDigitsStayAsTheyAre() {
        Tensor before = fitted.copy();

        Standardization.fit(fitted).apply(new Digits(fitted, new int[4]));

        assertThat(fitted.contentEquals(before)).isTrue();
    }
}
