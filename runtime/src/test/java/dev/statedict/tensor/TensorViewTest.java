package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TensorViewTest {

    private final float[] six = {1, 2, 3, 4, 5, 6};
    private final Tensor matrix = Tensor.wrap(six, 2, 3);

    @Test
    void selectTakesARowOrAColumn() {
        assertThat(matrix.select(0, 1).toArray()).containsExactly(4, 5, 6);
        assertThat(matrix.select(1, 1).toArray()).containsExactly(2, 5);
        assertThat(matrix.select(-1, -1).toArray()).containsExactly(3, 6);
        assertThat(matrix.select(0, 1).select(0, 2).item()).isEqualTo(6);
    }

    @Test
    void narrowTakesARange() {
        assertThat(matrix.narrow(1, 1, 2).toArray()).containsExactly(2, 3, 5, 6);
        assertThat(matrix.narrow(-1, -2, 1).toArray()).containsExactly(2, 5);
        assertThat(matrix.narrow(0, 1, 1).shape()).containsExactly(1, 3);
        assertThat(matrix.narrow(1, 3, 0).shape()).containsExactly(2, 0);
    }

    @Test
    void transposeSwapsTwoDimensions() {
        Tensor transposed = matrix.transpose(0, 1);

        assertThat(transposed.shape()).containsExactly(3, 2);
        assertThat(transposed.strides()).containsExactly(1, 3);
        assertThat(transposed.isContiguous()).isFalse();
        assertThat(transposed.toArray()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(matrix.transpose(-1, -1).hasSameLayoutAs(matrix)).isTrue();
    }

    @Test
    void reshapeKeepsTheElementsInOrder() {
        assertThat(matrix.reshape(3, 2).get(1, 0)).isEqualTo(3);
        assertThat(matrix.reshape(6).toArray()).containsExactly(six);
        assertThat(matrix.reshape(1, 6, 1).shape()).containsExactly(1, 6, 1);
        assertThat(Tensor.scalar(1).reshape(1, 1).shape()).containsExactly(1, 1);
        assertThat(Tensor.zeros(1, 1).reshape().dim()).isZero();
        assertThat(Tensor.zeros(0, 3).reshape(5, 0, 2).shape()).containsExactly(5, 0, 2);
    }

    @Test
    void reshapeInfersTheSizeMinusOne() {
        assertThat(matrix.reshape(-1).shape()).containsExactly(6);
        assertThat(matrix.reshape(3, -1).shape()).containsExactly(3, 2);
        assertThat(matrix.reshape(2, -1, 3).shape()).containsExactly(2, 1, 3);
        assertThat(Tensor.zeros(0).reshape(3, -1).shape()).containsExactly(3, 0);
    }

    @Test
    void reshapeIsAViewAlsoOfTensorsThatAreNotContiguous() {
        Tensor columns = Tensor.zeros(4, 6).narrow(1, 0, 4);

        Tensor view = columns.reshape(2, 2, 2, 2);
        view.fill(1);

        assertThat(view.strides()).containsExactly(12, 6, 2, 1);
        assertThat(columns.reshape(4, 1, 4).strides()).containsExactly(6, 4, 1);
        assertThat(columns.get(3, 3)).isEqualTo(1);
    }

    @Test
    void contiguousIsTheTensorItselfOrACopy() {
        Tensor transposed = matrix.transpose(0, 1);

        Tensor copy = transposed.contiguous();

        assertThat(matrix.contiguous()).isSameAs(matrix);
        assertThat(copy.sharesStorageWith(matrix)).isFalse();
        assertThat(copy.strides()).containsExactly(2, 1);
        assertThat(copy.contentEquals(transposed)).isTrue();
    }

    @Test
    void copySharesNothing() {
        Tensor row = matrix.select(0, 1);

        Tensor copy = row.copy();
        row.fill(0);

        assertThat(copy.storage()).containsExactly(4, 5, 6);
        assertThat(copy.storageOffset()).isZero();
    }

    @Test
    void aViewWritesThroughToItsBaseAndBack() {
        Tensor corner = matrix.transpose(0, 1).narrow(0, 1, 2).select(1, 1);

        corner.fill(9);
        matrix.set(8, 1, 1);

        assertThat(six).containsExactly(1, 2, 3, 4, 8, 9);
        assertThat(corner.toArray()).containsExactly(8, 9);
    }

    @Test
    void aRowOfAColumnMatrixIsContiguousWhateverItsStride() {
        Tensor row = matrix.narrow(1, 0, 1).select(0, 1);

        assertThat(row.strides()).containsExactly(1);
        assertThat(matrix.narrow(1, 0, 1).transpose(0, 1).select(1, 0).isContiguous())
                .isTrue();
        assertThat(matrix.narrow(0, 1, 1).transpose(0, 1).isContiguous()).isTrue();
    }

    @Test
    void theSameViewCanBeHadOfAnotherArray() {
        Tensor column = Tensor.wrap(new float[] {1, 2, 3, 4}, 2, 2).select(1, 1);
        float[] other = {5, 6, 7, 8, 9};

        Tensor same = Tensor.strided(other, column.storageOffset(), column.shape(), column.strides());

        assertThat(same.storage()).isSameAs(other);
        assertThat(same.hasSameLayoutAs(column)).isTrue();
        assertThat(same.toArray()).containsExactly(6, 8);
    }

    @Test
    void anEmptyViewCanBeMadeAgainFromItsFacts() {
        Tensor empty = Tensor.strided(new float[1], 0, new int[] {1}, new int[] {Integer.MAX_VALUE})
                .narrow(0, 1, 0);

        Tensor again = Tensor.strided(empty.storage(), empty.storageOffset(), empty.shape(), empty.strides());

        assertThat(again.hasSameLayoutAs(empty)).isTrue();
    }
}
