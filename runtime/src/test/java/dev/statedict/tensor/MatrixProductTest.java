package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bits of a product, which are the same with the Vector API and without: the build runs this in JVMs of both kinds. */
class MatrixProductTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 1 1",
                "5 64 10",
                "7 63 16",
                "6 65 17",
                "9 1 31",
                "4 130 32",
                "31 64 33",
                "32 70 48",
                "33 129 50",
                "200 64 10",
                "3 64 800",
                "40 66 1600",
                "1 300 64",
                "1030 5 1",
                "2 3 2",
                "10 1000 64",
                "4 4 4",
                "17 64 4",
                "13 65 5",
                "100 3 7",
                "63 64 15",
                "66 128 36"
            })
    void eachElementIsTheSumOfItsTermsInOrder(String sizes) {
        int[] size = Arrays.stream(sizes.split(" ")).mapToInt(Integer::parseInt).toArray();
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            Tensor a = matrix(size[0], size[1], random);
            Tensor b = matrix(size[1], size[2], random);
            Tensor out = matrix(size[0], size[2], random);
            float[] around = around(out);

            TensorMath.matmul(a, b, out);

            assertThat(bits(out)).as("seed %d", seed).isEqualTo(bits(byDefinition(a, b)));
            assertThat(around(out)).as("what lies between, seed %d", seed).isEqualTo(around);
        }
    }

    /** In any of the ways in which a matrix lies in a storage: whole, a part of one, transposed, every other row or column. */
    private static Tensor matrix(int rows, int columns, Random random) {
        int kind = random.nextInt(6);
        Tensor tensor = switch (kind) {
            case 0 -> Tensor.zeros(rows, columns);
            case 1 -> Tensor.zeros(columns, rows).transpose(0, 1);
            case 2 -> Tensor.zeros(rows + 2, columns + 3).narrow(0, 1, rows).narrow(1, 2, columns);
            case 3 ->
                Tensor.zeros(columns + 1, rows + 3)
                        .transpose(0, 1)
                        .narrow(0, 1, rows)
                        .narrow(1, 1, columns);
            case 4 -> Tensor.zeros(rows, columns, 2).select(2, 1);
            default -> Tensor.zeros(rows + 1, columns).narrow(0, 1, rows);
        };
        float[] storage = tensor.storage();
        for (int i = 0; i < storage.length; i++) {
            storage[i] = random.nextInt(8) == 0 ? special(random) : random.nextFloat() * 2 - 1;
        }
        return tensor;
    }

    private static float special(Random random) {
        float[] values = {0, -0f, 1e-42f, 1e30f, -1e30f, 1e-30f, 3};
        return values[random.nextInt(values.length)];
    }

    /** All of the storage, with zeros where the tensor is. */
    private static float[] around(Tensor tensor) {
        float[] elements = tensor.toArray();
        tensor.fill(0);
        float[] around = tensor.storage().clone();
        tensor.copyFrom(Tensor.wrap(elements, tensor.shape()));
        return around;
    }

    private static Tensor byDefinition(Tensor a, Tensor b) {
        Tensor product = Tensor.zeros(a.size(0), b.size(1));
        for (int row = 0; row < a.size(0); row++) {
            for (int column = 0; column < b.size(1); column++) {
                float total = 0;
                for (int k = 0; k < a.size(1); k += 64) {
                    float sum = 0;
                    for (int i = k; i < Math.min(k + 64, a.size(1)); i++) {
                        sum = Math.fma(a.get(row, i), b.get(i, column), sum);
                    }
                    total = k == 0 ? sum : total + sum;
                }
                product.set(total, row, column);
            }
        }
        return product;
    }

    private static int[] bits(Tensor tensor) {
        float[] elements = tensor.toArray();
        int[] bits = new int[elements.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(elements[i]);
        }
        return bits;
    }
}
