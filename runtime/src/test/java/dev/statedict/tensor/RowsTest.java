package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Tensors on arrays of arrays. */
class RowsTest {

    private final float[][] rows = {{1, 2, 3}, {4, 5, 6}};

    @Test
    void aMatrixOfRowsIsOneTensorOnTheVeryRows() {
        Tensor tensor = Tensor.wrap(rows);

        rows[1][0] = 40;
        tensor.set(60, 1, 2);

        assertThat(tensor.elementType()).isEqualTo(ElementType.F32);
        assertThat(tensor.shape()).containsExactly(2, 3);
        assertThat(tensor.strides()).containsExactly(3, 1);
        assertThat(tensor.isContiguous()).isTrue();
        assertThat(tensor.toArray()).containsExactly(1, 2, 3, 40, 5, 60);
        assertThat(rows[1]).containsExactly(40, 5, 60);
    }

    @Test
    void everyTypeAndEveryDepthIsWrapped() {
        assertThat(Tensor.wrap(new double[][] {{1}, {2}}).toDoubleArray()).containsExactly(1, 2);
        assertThat(Tensor.wrap(new int[][] {{1}, {2}}).toIntArray()).containsExactly(1, 2);
        assertThat(Tensor.wrap(new long[][] {{1, 2}}).toLongArray()).containsExactly(1, 2);
        assertThat(Tensor.wrap(new boolean[][] {{true}, {false}}).toBooleanArray())
                .containsExactly(true, false);
        double[][][][] deep = {{{{1, 2}}, {{3, 4}}, {{5, 6}}}};
        Tensor tensor = Tensor.wrapRows(deep);
        assertThat(tensor.elementType()).isEqualTo(ElementType.F64);
        assertThat(tensor.shape()).containsExactly(1, 3, 1, 2);
        tensor.select(1, 2).fill(7);
        assertThat(deep[0][2][0]).containsExactly(7, 7);
    }

    @Test
    void aRowThatIsReplacedLaterIsNotFollowed() {
        Tensor tensor = Tensor.wrap(rows);

        rows[0] = new float[] {7, 8, 9};

        assertThat(tensor.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void viewsSeeThroughAllRows() {
        Tensor tensor = Tensor.wrap(rows);

        assertThat(tensor.transpose(0, 1).toArray()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(tensor.reshape(3, 2).toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(tensor.reshape(6).narrow(0, 2, 2).toArray()).containsExactly(3, 4);
        tensor.reshape(6).narrow(0, 2, 2).fill(0);
        tensor.select(1, 0).copyFrom(Tensor.wrap(new float[] {-1, -4}, 2));
        assertThat(rows[0]).containsExactly(-1, 2, 0);
        assertThat(rows[1]).containsExactly(-4, 5, 6);
    }

    @Test
    void aViewWithinOneRowIsATensorOnThatArray() {
        Tensor row = Tensor.wrap(rows).select(0, 1);
        Tensor part = Tensor.wrap(rows).reshape(6).narrow(0, 4, 2);

        assertThat(row.storage()).isSameAs(rows[1]);
        assertThat(row.storageOffset()).isZero();
        assertThat(part.storage()).isSameAs(rows[1]);
        assertThat(part.storageOffset()).isEqualTo(1);
        assertThat(part.toArray()).containsExactly(5, 6);
    }

    @Test
    void severalRowsHaveNoOneStorage() {
        assertThatThrownBy(Tensor.wrap(rows)::storage)
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("the tensor lies on 2 rows, not on one float[]; select a row, or copy() it");
        assertThat(Tensor.wrap(rows).copy().storage()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void noRowsAreAnEmptyMatrix() {
        assertThat(Tensor.wrap(new float[0][]).shape()).containsExactly(0, 0);
        assertThat(Tensor.wrap(new float[0][7]).shape()).containsExactly(0, 0);
        assertThat(Tensor.wrapRows(new int[2][0][5]).shape()).containsExactly(2, 0, 0);
        Tensor empty = Tensor.wrap(new double[3][0]);
        assertThat(empty.shape()).containsExactly(3, 0);
        empty.fill(1);
        assertThat(empty.select(0, 1).toDoubleArray()).isEmpty();
        assertThat(empty.contentEquals(Tensor.zeros(ElementType.F64, 3, 0))).isTrue();
        assertThat(empty).hasToString("tensor([], size=(3, 0), dtype=torch.float64)");
    }

    @Test
    void jaggedAndMissingRowsAreNamed() {
        float[][] jagged = {new float[4], new float[4], new float[4], new float[5]};
        illegal(() -> Tensor.wrap(jagged), "row 3 has 5 elements where row 0 has 4; a tensor needs as many in each");
        illegal(() -> Tensor.wrap(new int[][] {{1}, null}), "row 1 is null; a tensor needs all of them");
        illegal(() -> Tensor.wrap(new int[][] {null, {1}}), "row 0 is null; a tensor needs all of them");
        illegal(
                () -> Tensor.wrapRows(new long[][][] {{{1}, {2}}, {{3}}}),
                "row 1 has 1 rows where row 0 has 2; a tensor needs as many in each");
        illegal(
                () -> Tensor.wrapRows(new long[][][] {{{1}, {2}}, {{3}, {4, 5}}}),
                "row [1][1] has 2 elements where row [0][0] has 1; a tensor needs as many in each");
    }

    @Test
    void anArrayOfAnythingElseIsRefused() {
        String message = "a tensor cannot lie on a %s; give an array of arrays of float, double, int, long or boolean";
        illegal(() -> Tensor.wrapRows(new byte[1][1]), message.formatted("byte[][]"));
        illegal(() -> Tensor.wrapRows(new Object[] {new float[1]}), message.formatted("Object[]"));
        illegal(() -> Tensor.wrapRows(new Double[] {1.0}), message.formatted("Double[]"));
    }

    @Test
    void moreElementsThanAnIntCountsAreRefused() {
        boolean[][] many = new boolean[1 << 16][];
        Arrays.fill(many, new boolean[1 << 15]);

        illegal(
                () -> Tensor.wrap(many),
                "shape [65536, 32768] is too large: its nonzero sizes multiply to more than 2147483647, the most elements"
                        + " that an array can have; use several tensors");
    }

    @Test
    void tensorsShareStorageWhereTheyHaveARowInCommon() {
        Tensor tensor = Tensor.wrap(rows);

        assertThat(tensor.sharesStorageWith(Tensor.wrap(rows[1], 3))).isTrue();
        assertThat(Tensor.wrap(rows[0], 3).sharesStorageWith(tensor)).isTrue();
        assertThat(tensor.sharesStorageWith(Tensor.wrap(new float[][] {{0, 0, 0}, rows[0]})))
                .isTrue();
        assertThat(tensor.sharesStorageWith(tensor.copy())).isFalse();
        assertThat(tensor.sharesStorageWith(Tensor.wrap(new float[3][3]))).isFalse();
    }

    @Test
    void viewsOfDifferentRowsShareNothing() {
        Tensor tensor = Tensor.wrap(new int[6][4]);

        assertThat(tensor.narrow(0, 0, 2).sharesStorageWith(tensor.narrow(0, 2, 4)))
                .isFalse();
        assertThat(tensor.narrow(0, 0, 3).sharesStorageWith(tensor.narrow(0, 2, 4)))
                .isTrue();
        Tensor even = tensor.reshape(3, 2, 4).select(1, 0);
        Tensor odd = tensor.reshape(3, 2, 4).select(1, 1);
        assertThat(even.sharesStorageWith(odd)).isFalse();
        assertThat(even.sharesStorageWith(tensor.select(0, 2))).isTrue();
        assertThat(even.sharesStorageWith(tensor.select(0, 1))).isFalse();
    }

    @Test
    void copyFromReadsBeforeItWritesAlsoWhereRowsAreShared() {
        float[] a = {1, 2};
        float[] b = {3, 4};

        Tensor.wrap(new float[][] {a, b}).copyFrom(Tensor.wrap(new float[][] {b, a}));
        assertThat(a).containsExactly(3, 4);
        assertThat(b).containsExactly(1, 2);

        Tensor square = Tensor.wrap(new float[][] {a, b});
        square.copyFrom(square.transpose(0, 1));
        assertThat(a).containsExactly(3, 1);
        assertThat(b).containsExactly(4, 2);
    }

    @Test
    void ofARowThatStandsTwiceTheLastWriteStands() {
        float[] twice = {0, 0};
        Tensor tensor = Tensor.wrap(new float[][] {twice, twice});

        tensor.copyFrom(Tensor.wrap(new float[] {1, 2, 3, 4}, 2, 2));

        assertThat(tensor.toArray()).containsExactly(3, 4, 3, 4);
        tensor.copyFrom(tensor);
        assertThat(twice).containsExactly(3, 4);
    }

    @Test
    void manyRowsAreCopiedByManyThreads() {
        double[][] source = new double[3000][1024];
        double[][] target = new double[3000][1024];
        for (int i = 0; i < source.length; i++) {
            source[i][i % 1024] = i;
        }

        Tensor.wrap(target).copyFrom(Tensor.wrap(source));

        assertThat(target).isDeepEqualTo(source);
        double[] last = new double[1024];
        double[][] repeated = new double[3000][];
        Arrays.fill(repeated, last);
        Tensor.wrap(repeated).copyFrom(Tensor.wrap(source));
        assertThat(last).containsExactly(source[2999]);
    }

    @Test
    void arithmeticTakesRows() {
        Tensor tensor = Tensor.wrap(rows);

        TensorMath.addInPlace(tensor, Tensor.wrap(new float[] {10, 20, 30}, 3));
        assertThat(rows[1]).containsExactly(14, 25, 36);
        assertThat(TensorMath.matmul(tensor, tensor.transpose(0, 1)).shape()).containsExactly(2, 2);
        Tensor out = Tensor.wrap(new float[2][3]);
        TensorMath.softmax(tensor, out);
        assertThat(out.contentEquals(TensorMath.softmax(tensor.copy()))).isTrue();
        TensorMath.matmul(Tensor.wrap(new float[][] {{1, 0}, {0, 1}}), tensor, out);
        assertThat(out.contentEquals(tensor)).isTrue();
        assertThat(TensorMath.argmax(tensor)).containsExactly(2, 2);
        assertThat(TensorMath.sum(tensor)).isEqualTo(141);
        Tensor sums = Tensor.wrap(new float[3][1]);
        TensorMath.sum(tensor.reshape(1, 2, 3).transpose(0, 2), 1, sums);
        assertThat(sums.toArray()).containsExactly(25, 47, 69);
    }

    private static void illegal(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void manyRowsAreCopiedEachInItsPlace() {
        int[][] shapes = {{5_001, 1_024}, {3, 2_000_000}, {1 << 20, 5}};
        for (int[] shape : shapes) {
            float[][] many = new float[shape[0]][shape[1]];
            for (int i = 0; i < many.length; i++) {
                many[i][0] = i;
                many[i][shape[1] - 1] = -i;
            }
            StateDict dict = StateDict.builder().put("w", Tensor.wrap(many)).build();

            Tensor copy = dict.copy().get("w");

            assertThat(copy.contentEquals(Tensor.wrap(many))).as("%s", shape).isTrue();
            assertThat(copy.sharesStorageWith(Tensor.wrap(many))).isFalse();
        }
    }
}
