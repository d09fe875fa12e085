package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorMathTest {

    private static final float NAN = Float.NaN;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private final Tensor matrix = Tensor.wrap(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    @Test
    void matmulMultipliesRowsWithColumns() {
        Tensor other = Tensor.wrap(new float[] {1, 0, 0, 1, 10, 100}, 3, 2);

        Tensor product = TensorMath.matmul(matrix, other);

        assertThat(product.shape()).containsExactly(2, 2);
        assertThat(product.toArray()).containsExactly(31, 302, 64, 605);
    }

    @Test
    void matmulReadsTransposedFactorsAndWritesViewsInPlace() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int n = random.nextInt(5);
            int m = random.nextInt(12);
            int p = random.nextInt(5);
            Tensor a = randomMatrix(n, m, random);
            Tensor b = randomMatrix(m, p, random);
            Tensor out = randomMatrix(n, p, random);
            Tensor expected = naiveProduct(a, b);

            TensorMath.matmul(a, b, out);

            assertThat(out.allClose(expected, 1e-5, 1e-5))
                    .as("into a view, seed %d", seed)
                    .isTrue();
            assertThat(TensorMath.matmul(a, b).allClose(expected, 1e-5, 1e-5))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void matmulOfLargeMatricesIsTheSumOfItsBlocks() {
        int[][] shapes = {{3, 130, 1030}, {1030, 130, 3}, {70, 64, 70}, {513, 65, 1}, {1, 67, 515}};
        for (int[] shape : shapes) {
            Random random = new Random(shape[0]);
            Tensor a = randomMatrix(shape[0], shape[1], random);
            Tensor b = randomMatrix(shape[1], shape[2], random);

            assertThat(TensorMath.matmul(a, b).allClose(naiveProduct(a, b), 1e-5, 2e-5))
                    .as("%s", Arrays.toString(shape))
                    .isTrue();
        }
    }

    @Test
    void matmulComesOutTheSameWhereverItsFactorsLie() {
        int[][] shapes = {{1563, 67, 5}, {785, 64, 10}, {300, 6, 4}, {1000, 3, 2}, {9, 70, 3}, {5, 66, 1570}};
        for (int[] shape : shapes) {
            for (int seed = 0; seed < 8; seed++) {
                Random random = new Random(seed);
                Tensor a = randomMatrix(shape[0], shape[1], random);
                Tensor b = randomMatrix(shape[1], shape[2], random);
                Tensor out = randomMatrix(shape[0], shape[2], random);
                Tensor transposed = randomMatrix(shape[2], shape[0], random).transpose(0, 1);
                Tensor expected = TensorMath.matmul(a.copy(), b.copy());

                TensorMath.matmul(a, b, out);
                TensorMath.matmul(a, b, transposed);

                String name = Arrays.toString(shape) + ", seed " + seed;
                assertThat(expected.allClose(naiveProduct(a, b), 1e-5, 5e-5))
                        .as(name)
                        .isTrue();
                assertThat(out.contentEquals(expected)).as(name).isTrue();
                assertThat(transposed.contentEquals(expected)).as(name).isTrue();
            }
        }
    }

    @Test
    void matmulWritesNothingButTheProduct() {
        float[] storage = new float[12];
        Arrays.fill(storage, 7);

        Tensor middle = Tensor.wrap(storage, 2, 6).narrow(1, 2, 3);
        TensorMath.matmul(Tensor.wrap(new float[] {1, 2}, 2, 1), Tensor.wrap(new float[] {1, 1, 1}, 1, 3), middle);

        assertThat(storage).containsExactly(7, 7, 1, 1, 1, 7, 7, 7, 2, 2, 2, 7);
    }

    @Test
    void matmulOverNothingIsZero() {
        Tensor out = Tensor.wrap(new float[] {5, 5, 5, 5}, 2, 2);

        TensorMath.matmul(Tensor.zeros(2, 0), Tensor.zeros(0, 2), out);

        assertThat(out.toArray()).containsExactly(0, 0, 0, 0);
        assertThat(TensorMath.matmul(Tensor.zeros(0, 3), Tensor.zeros(3, 4)).shape())
                .containsExactly(0, 4);
    }

    @Test
    void matmulCarriesNanThroughZero() {
        Tensor product = TensorMath.matmul(
                Tensor.wrap(new float[] {0, 1}, 1, 2), Tensor.wrap(new float[] {NAN, INFINITY, 1, 1}, 2, 2));

        assertThat(product.toArray()).containsExactly(NAN, NAN);
    }

    @Test
    void matmulWantsMatricesThatFit() {
        illegalArgument(
                () -> TensorMath.matmul(matrix, matrix),
                "shapes [2, 3] and [2, 3] cannot be multiplied; they must be [n, m] and [m, p]");
        illegalArgument(
                () -> TensorMath.matmul(matrix, Tensor.zeros(3)),
                "shapes [2, 3] and [3] cannot be multiplied; they must be [n, m] and [m, p]");
        illegalArgument(
                () -> TensorMath.matmul(matrix, matrix, Tensor.zeros(2, 3)),
                "shapes [2, 3] and [2, 3] cannot be multiplied; they must be [n, m] and [m, p]");
        illegalArgument(
                () -> TensorMath.matmul(matrix, Tensor.zeros(3, 4), Tensor.zeros(4, 2)),
                "out has shape [4, 2], but the result has shape [2, 4]; the shapes must be equal");
    }

    @Test
    void matmulDoesNotWriteIntoItsFactors() {
        Tensor square = Tensor.zeros(2, 2);
        String message = "out overlaps a factor in their storage; give it a storage of its own, as of Tensor.zeros";

        illegalArgument(() -> TensorMath.matmul(square, Tensor.zeros(2, 2), square), message);
        illegalArgument(() -> TensorMath.matmul(Tensor.zeros(2, 2), square, square.transpose(0, 1)), message);
    }

    @Test
    void matmulWritesBesideItsFactorsInOneStorage() {
        Tensor rows = Tensor.wrap(new float[] {1, 2, 3, 4, 0, 0}, 3, 2);

        TensorMath.matmul(rows.narrow(0, 0, 1), rows.narrow(0, 0, 2), rows.narrow(0, 2, 1));

        assertThat(rows.toArray()).containsExactly(1, 2, 3, 4, 7, 10);
    }

    @Test
    void addBroadcastsARowToEveryRow() {
        Tensor sum = TensorMath.add(matrix, Tensor.wrap(new float[] {10, 20, 30}, 3));

        assertThat(sum.toArray()).containsExactly(11, 22, 33, 14, 25, 36);
        assertThat(matrix.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void addBroadcastsAColumnAndAScalar() {
        assertThat(TensorMath.add(matrix, Tensor.wrap(new float[] {10, 20}, 2, 1))
                        .toArray())
                .containsExactly(11, 12, 13, 24, 25, 26);
        assertThat(TensorMath.add(matrix, Tensor.scalar(1)).toArray()).containsExactly(2, 3, 4, 5, 6, 7);
        assertThat(TensorMath.add(Tensor.zeros(0, 3), Tensor.zeros(3)).shape()).containsExactly(0, 3);
    }

    @Test
    void addBroadcastsARowToManyRowsHoweverLongItIs() {
        for (int length : new int[] {1, 10, 64, 511, 512, 1030}) {
            Random random = new Random(length);
            Tensor rows = randomMatrix(123, length, random);
            Tensor row = randomMatrix(3, length, random).select(0, 1);

            Tensor sum = TensorMath.add(rows, row);

            for (int i = 0; i < 123; i++) {
                assertThat(sum.select(0, i).toArray())
                        .as("row %d of length %d", i, length)
                        .isEqualTo(TensorMath.add(rows.select(0, i), row).toArray());
            }
        }
    }

    @Test
    void addInPlaceReachesEveryTensorOnTheStorage() {
        Tensor column = matrix.select(1, 2);

        TensorMath.addInPlace(matrix, matrix.copy(), -0.5f);
        TensorMath.addInPlace(column, Tensor.scalar(1));

        assertThat(matrix.toArray()).containsExactly(0.5f, 1, 2.5f, 2, 2.5f, 4);
    }

    @Test
    void addInPlaceReadsWhatWasThereBeforeItWrote() {
        Tensor square = Tensor.wrap(new float[] {1, 2, 3, 4}, 2, 2);

        TensorMath.addInPlace(square, square.transpose(0, 1));
        assertThat(square.toArray()).containsExactly(2, 5, 5, 8);
        TensorMath.addInPlace(square, square.select(0, 0));
        assertThat(square.toArray()).containsExactly(4, 10, 7, 13);
        TensorMath.addInPlace(square, square);
        assertThat(square.toArray()).containsExactly(8, 20, 14, 26);
    }

    @Test
    void addDoesNotBroadcastItsFirstArgument() {
        illegalArgument(
                () -> TensorMath.add(Tensor.zeros(3), matrix),
                "shape [2, 3] cannot be broadcast to [3]; from the last dimension on, sizes must be equal or 1");
        illegalArgument(
                () -> TensorMath.addInPlace(matrix, Tensor.zeros(2)),
                "shape [2] cannot be broadcast to [2, 3]; from the last dimension on, sizes must be equal or 1");
    }

    @Test
    void softmaxOfEachRowSumsToOne() {
        Tensor softmax = TensorMath.softmax(Tensor.wrap(new float[] {0, 0, 1, 2, 1000, 1000}, 3, 2));

        float second = (float) (1 / (1 + Math.exp(-1)));
        assertThat(softmax.toArray())
                .containsExactly(new float[] {0.5f, 0.5f, 1 - second, second, 0.5f, 0.5f}, within(1e-7f));
    }

    @Test
    void logSoftmaxStaysExactWhereSoftmaxRoundsToZero() {
        Tensor logits = Tensor.wrap(new float[] {0, 200, -1000, 1, 1, 1}, 2, 3);

        float third = (float) Math.log(1 / 3.0);
        assertThat(TensorMath.logSoftmax(logits).toArray()).containsExactly(-200, 0, -1200, third, third, third);
        assertThat(TensorMath.softmax(logits).select(0, 0).toArray()).containsExactly(0, 1, 0);
    }

    @Test
    void softmaxIsRightToTheLastBitOrTwo() {
        Random random = new Random(7);
        for (float scale : new float[] {1e-6f, 1, 10, 60, 1000}) {
            Tensor logits = Tensor.zeros(2);
            for (int i = 0; i < 2000; i++) {
                logits.set(-scale * random.nextFloat(), 1);
                double exp = StrictMath.exp(logits.get(1));

                assertThat(TensorMath.softmax(logits).toArray())
                        .as("of %s", logits)
                        .satisfies(values -> {
                            assertThat(values[0]).isCloseTo((float) (1 / (1 + exp)), within(2 * Math.ulp(values[0])));
                            assertThat(values[1]).isCloseTo((float) (exp / (1 + exp)), within(2 * Math.ulp(values[1])));
                        });
                assertThat(TensorMath.logSoftmax(logits).get(1))
                        .isCloseTo(
                                (float) (logits.get(1) - StrictMath.log(1 + exp)), within(2 * Math.ulp(logits.get(1))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 63, 64, 65, 511, 512, 513, 1300})
    void softmaxOfManyRowsIsThatOfEachByItself(int length) {
        Random random = new Random(length);
        int rows = 3 + random.nextInt(300);
        Tensor logits = Tensor.zeros(rows, length);
        for (int row = 0; row < rows; row++) {
            double spread = Math.pow(10, random.nextInt(4));
            for (int i = 0; i < length; i++) {
                logits.set((float) (random.nextGaussian() * spread), row, i);
            }
        }
        Tensor transposed = logits.transpose(0, 1).copy().transpose(0, 1);

        Tensor softmax = TensorMath.softmax(logits);

        for (int row = 0; row < rows; row++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < length; i++) {
                max = Math.max(max, logits.get(row, i));
            }
            double sum = 0;
            for (int i = 0; i < length; i++) {
                sum += StrictMath.exp(logits.get(row, i) - max);
            }
            for (int i = 0; i < length; i++) {
                double expected = StrictMath.exp(logits.get(row, i) - max) / sum;
                assertThat((double) softmax.get(row, i))
                        .as("row %d of %d, element %d of %d", row, rows, i, length)
                        .isCloseTo(expected, within(0.51 * Math.ulp((float) expected)));
            }
        }
        assertThat(TensorMath.softmax(transposed).contentEquals(softmax)).isTrue();
        TensorMath.softmax(logits, logits);
        assertThat(logits.contentEquals(softmax)).isTrue();
    }

    @Test
    void softmaxOfMinusInfinityIsZero() {
        Tensor logits = Tensor.wrap(new float[] {-INFINITY, 3, -INFINITY, -INFINITY, NAN, 1}, 3, 2);

        assertThat(TensorMath.softmax(logits).toArray()).containsExactly(0, 1, NAN, NAN, NAN, NAN);
        assertThat(TensorMath.logSoftmax(logits).toArray()).containsExactly(-INFINITY, 0, NAN, NAN, NAN, NAN);
    }

    @Test
    void softmaxRunsOverTheLastDimensionOfAnyView() {
        Tensor transposed = matrix.transpose(0, 1);
        Tensor expected = TensorMath.softmax(transposed.copy());
        Tensor expectedLog = TensorMath.logSoftmax(transposed.copy());

        assertThat(TensorMath.softmax(transposed).contentEquals(expected)).isTrue();
        assertThat(TensorMath.logSoftmax(transposed).contentEquals(expectedLog)).isTrue();
        assertThat(TensorMath.softmax(matrix.reshape(1, 1, 6))
                        .contentEquals(TensorMath.softmax(matrix.reshape(6)).reshape(1, 1, 6)))
                .isTrue();
    }

    @Test
    void softmaxMayWriteIntoItsInput() {
        Tensor square = Tensor.wrap(new float[] {1, 2, 3, 5}, 2, 2);
        Tensor expected = TensorMath.softmax(square);
        Tensor expectedLog = TensorMath.logSoftmax(expected.transpose(0, 1));

        TensorMath.softmax(square, square);
        assertThat(square.contentEquals(expected)).isTrue();
        TensorMath.logSoftmax(square.transpose(0, 1), square);
        assertThat(square.contentEquals(expectedLog)).isTrue();
    }

    @Test
    void whatIsComputedIsWrittenToRowsToo() {
        float[][] logarithms = new float[2][3];
        float[][] shares = new float[2][3];

        TensorMath.logSoftmax(matrix, Tensor.wrap(logarithms));
        TensorMath.softmax(matrix, Tensor.wrap(shares));

        assertThat(Tensor.wrap(logarithms).contentEquals(TensorMath.logSoftmax(matrix)))
                .isTrue();
        assertThat(Tensor.wrap(shares).contentEquals(TensorMath.softmax(matrix)))
                .isTrue();
    }

    @Test
    void softmaxOfAScalarIsOneAndOfNothingNothing() {
        assertThat(TensorMath.softmax(Tensor.scalar(-7)).item()).isEqualTo(1);
        assertThat(TensorMath.logSoftmax(Tensor.scalar(-7)).item()).isEqualTo(0);
        assertThat(TensorMath.softmax(Tensor.zeros(2, 0)).shape()).containsExactly(2, 0);
    }

    @Test
    void softmaxWantsAnOutOfTheSameShape() {
        String message = "out has shape [3, 2], but the result has shape [2, 3]; the shapes must be equal";
        illegalArgument(() -> TensorMath.softmax(matrix, Tensor.zeros(3, 2)), message);
        illegalArgument(() -> TensorMath.logSoftmax(matrix, Tensor.zeros(3, 2)), message);
    }

    @Test
    void sumAddsAllElementsOfAnyView() {
        assertThat(TensorMath.sum(matrix)).isEqualTo(21);
        assertThat(TensorMath.sum(matrix.transpose(0, 1).narrow(0, 1, 2))).isEqualTo(16);
        assertThat(TensorMath.sum(Tensor.scalar(4))).isEqualTo(4);
        assertThat(TensorMath.sum(Tensor.zeros(0))).isZero();
    }

    @Test
    void viewsOfManyDimensionsAreComputedAsTheirCopiesAre() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Tensor view = randomView(random);
            Tensor copy = view.contiguous().copy();
            Tensor rest = copy.select(0, 0);
            Tensor added = view.copy();

            assertThat(TensorMath.sum(view)).as("sum, seed %d", seed).isEqualTo(TensorMath.sum(copy));
            for (int dim = 0; dim < view.dim(); dim++) {
                assertThat(TensorMath.sum(view, dim).contentEquals(TensorMath.sum(copy, dim)))
                        .as("sum along %d, seed %d", dim, seed)
                        .isTrue();
            }
            assertThat(TensorMath.softmax(view).contentEquals(TensorMath.softmax(copy)))
                    .as("softmax, seed %d", seed)
                    .isTrue();
            assertThat(TensorMath.argmax(view)).as("argmax, seed %d", seed).isEqualTo(TensorMath.argmax(copy));
            TensorMath.addInPlace(added, view.select(0, 0));
            assertThat(added.contentEquals(TensorMath.add(copy, rest)))
                    .as("add, seed %d", seed)
                    .isTrue();
            assertThat(added.get(new int[view.dim()]))
                    .as("first, seed %d", seed)
                    .isEqualTo(2 * copy.get(new int[view.dim()]));
        }
    }

    /** Of three or four dimensions, in an order of their own, with elements between those that belong to it. */
    private static Tensor randomView(Random random) {
        int[] shape = random.ints(3 + random.nextInt(2), 2, 5).toArray();
        Tensor whole = Tensor.zeros(shape);
        for (int i = 0; i < whole.numel(); i++) {
            whole.storage()[i] = random.nextInt(100);
        }
        Tensor view = whole.transpose(random.nextInt(shape.length), random.nextInt(shape.length))
                .transpose(0, random.nextInt(shape.length));
        int along = random.nextInt(shape.length);
        return view.narrow(along, 1, view.size(along) - 1);
    }

    @Test
    void sumDoesNotStopGrowingWhereAFloatWould() {
        Tensor ones = Tensor.strided(new float[] {1}, 0, new int[] {20_000_000}, new int[] {0});

        assertThat(TensorMath.sum(ones)).isEqualTo(20_000_000);
        assertThat(TensorMath.sum(ones, 0).item()).isEqualTo(20_000_000);
    }

    @Test
    void sumAlongADimensionDropsIt() {
        assertThat(TensorMath.sum(matrix, 0).toArray()).containsExactly(5, 7, 9);
        assertThat(TensorMath.sum(matrix, 1).toArray()).containsExactly(6, 15);
        assertThat(TensorMath.sum(matrix, -1).toArray()).containsExactly(6, 15);
        assertThat(TensorMath.sum(matrix.transpose(0, 1), 0).toArray()).containsExactly(6, 15);
        assertThat(TensorMath.sum(matrix.reshape(6), 0).dim()).isZero();
        assertThat(TensorMath.sum(matrix.reshape(1, 2, 3), 1).toArray()).containsExactly(5, 7, 9);
    }

    @Test
    void sumAlongAnEmptyDimensionIsZero() {
        Tensor out = Tensor.wrap(new float[] {5, 5}, 2);

        TensorMath.sum(Tensor.zeros(2, 0), 1, out);

        assertThat(out.toArray()).containsExactly(0, 0);
        assertThat(TensorMath.sum(Tensor.zeros(2, 0), 0).shape()).containsExactly(0);
    }

    @Test
    void sumWritesIntoAViewEvenOfItsInput() {
        TensorMath.sum(matrix, 0, matrix.select(0, 0));

        assertThat(matrix.toArray()).containsExactly(5, 7, 9, 4, 5, 6);
    }

    @Test
    void sumWantsADimensionAndAnOutOfTheResultsShape() {
        illegalArgument(
                () -> TensorMath.sum(matrix, 0, Tensor.zeros(2)),
                "out has shape [2], but the result has shape [3]; the shapes must be equal");
        assertThatThrownBy(() -> TensorMath.sum(matrix, 2))
                .isExactlyInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("dimension 2 is out of range for shape [2, 3]; dimensions run from -2 to 1");
    }

    @Test
    void argmaxFindsTheFirstLargestOfEachRow() {
        Tensor scores = Tensor.wrap(new float[] {1, 3, 3, -1, -2, -3, -0.0f, 0.0f, 0}, 3, 3);

        assertThat(TensorMath.argmax(scores)).containsExactly(1, 0, 0);
        assertThat(TensorMath.argmax(scores.transpose(0, 1))).containsExactly(0, 0, 0);
        assertThat(TensorMath.argmax(matrix.transpose(0, 1))).containsExactly(1, 1, 1);
    }

    @Test
    void argmaxTakesNanForTheLargest() {
        assertThat(TensorMath.argmax(Tensor.wrap(new float[] {INFINITY, NAN, NAN, 1}, 4)))
                .containsExactly(1);
        assertThat(TensorMath.argmax(Tensor.wrap(new float[] {NAN, INFINITY}, 2)))
                .containsExactly(0);
    }

    @Test
    void argmaxOfAScalarIsZeroAndOfNoRowsNothing() {
        assertThat(TensorMath.argmax(Tensor.scalar(3))).containsExactly(0);
        assertThat(TensorMath.argmax(Tensor.zeros(0, 3))).isEmpty();
    }

    @Test
    void argmaxWantsAnElementInEachRow() {
        illegalArgument(
                () -> TensorMath.argmax(Tensor.zeros(2, 0)),
                "shape [2, 0] has no element along its last dimension, so no largest; give it one or more");
    }

    /** A matrix of any strides, beside other elements. */
    private static Tensor randomMatrix(int rows, int columns, Random random) {
        Tensor base = Tensor.zeros(rows + 2, 2, columns + 2);
        if (random.nextBoolean()) {
            base = Tensor.zeros(columns + 2, 2, rows + 2).transpose(0, 2);
        }
        float[] storage = base.storage();
        for (int i = 0; i < storage.length; i++) {
            storage[i] = (float) random.nextGaussian();
        }
        return base.select(1, random.nextInt(2)).narrow(0, 1, rows).narrow(1, 1, columns);
    }

    private static Tensor naiveProduct(Tensor a, Tensor b) {
        Tensor product = Tensor.zeros(a.size(0), b.size(1));
        for (int i = 0; i < a.size(0); i++) {
            for (int j = 0; j < b.size(1); j++) {
                double sum = 0;
                for (int k = 0; k < a.size(1); k++) {
                    sum += (double) a.get(i, k) * b.get(k, j);
                }
                product.set((float) sum, i, j);
            }
        }
        return product;
    }

    private static void illegalArgument(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
