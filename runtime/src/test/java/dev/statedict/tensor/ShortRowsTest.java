package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The softmax of short rows comes to the same bits whether they are few or many. */
class ShortRowsTest {
    private static final float[] SPECIAL = {
        Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN, -300, -109.99f, -110, -110.01f, -0f, 1e30f
    };

    @ParameterizedTest
    @CsvSource({"1, 1", "255, 10", "256, 10", "257, 2", "600, 7", "300, 64"})
    void eachRowIsDividedByTheSumOfItsExponentialsInOrder(int rows, int length) {
        Tensor matrix = Tensor.zeros(rows, length);
        Random random = new Random(length);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < length; i++) {
                boolean special = random.nextInt(20) == 0;
                matrix.set(special ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextFloat() * 300 - 150, row, i);
            }
        }

        Tensor softmax = TensorMath.softmax(matrix);

        for (int row = 0; row < rows; row++) {
            assertThat(softmax.select(0, row).toArray())
                    .as("row %d", row)
                    .isEqualTo(byDefinition(matrix.select(0, row)));
        }
    }

    private static float[] byDefinition(Tensor row) {
        float[] numbers = row.toArray();
        double max = Double.NEGATIVE_INFINITY;
        for (float number : numbers) {
            max = Math.max(max, number);
        }
        double[] exponentials = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            exponentials[i] = Math.max(numbers[i] - max, -110);
        }
        Exponential.exp(exponentials, exponentials.length);
        double sum = 0;
        for (double exponential : exponentials) {
            sum += exponential;
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (exponentials[i] * (1 / sum));
        }
        return numbers;
    }
}
