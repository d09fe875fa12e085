package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums along a dimension add in its order, in double precision, however many are summed side by side. */
class SumsTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 9", "511, 2", "512, 8", "513, 10", "1500, 19", "2, 1100", "700, 513"})
    void eachIsTheSumOfItsElementsInOrder(int rows, int columns) {
        Tensor matrix = Tensor.zeros(rows, columns, 2).select(2, 1);
        Random random = new Random(rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set((float) Math.pow(10, random.nextInt(20) - 10) * (random.nextFloat() - 0.5f), row, column);
            }
        }

        Tensor downwards = TensorMath.sum(matrix, 0);
        Tensor across = TensorMath.sum(matrix.transpose(0, 1), 1);

        for (int column = 0; column < columns; column++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += matrix.get(row, column);
            }
            assertThat(downwards.get(column)).as("column %d", column).isEqualTo((float) sum);
            assertThat(across.get(column)).as("column %d", column).isEqualTo((float) sum);
        }
    }
}
