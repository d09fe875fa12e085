package dev.statedict.tensor;

/** The loops of the matrix product, for any strides: a transposed factor is read where it lies. */
final class MatrixProduct {

    private final float[] a;
    private final float[] b;
    private final float[] out;
    private final Layout left;
    private final Layout right;
    private final Layout product;
    private final int rows;
    private final int inner;
    private final int columns;

    /** Of matrices of fitting shapes, where {@code out} overlaps neither factor. */
    MatrixProduct(Tensor a, Tensor b, Tensor out) {
        this.a = a.storage();
        this.b = b.storage();
        this.out = out.storage();
        this.left = a.layout();
        this.right = b.layout();
        this.product = out.layout();
        this.rows = left.shape[0];
        this.inner = left.shape[1];
        this.columns = right.shape[1];
    }

    void compute() {
        for (int i = 0; i < rows; i++) {
            int row = left.offset + i * left.strides[0];
            int result = product.offset + i * product.strides[0];
            if (right.strides[1] == 1 && product.strides[1] == 1) {
                sumScaledRows(row, result);
            } else {
                multiplyColumns(row, result);
            }
        }
    }

    /** One row of the product as the sum of {@code b}'s rows, for rows that lie in one piece: the loop is vectorized. */
    private void sumScaledRows(int row, int result) {
        for (int j = 0; j < columns; j++) {
            out[result + j] = 0;
        }
        for (int k = 0; k < inner; k++) {
            float scale = a[row + k * left.strides[1]];
            int other = right.offset + k * right.strides[0];
            for (int j = 0; j < columns; j++) {
                out[result + j] += scale * b[other + j];
            }
        }
    }

    /** One row of the product, each element as the product of {@code a}'s row and a column of {@code b}. */
    private void multiplyColumns(int row, int result) {
        for (int j = 0; j < columns; j++) {
            out[result + j * product.strides[1]] = dot(row, right.offset + j * right.strides[1]);
        }
    }

    /** Four sums at once, as each addition would wait for the one before. */
    private float dot(int row, int column) {
        int across = left.strides[1];
        int down = right.strides[0];
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int k = 0;
        for (; k < inner - 3; k += 4) {
            sum0 += a[row + k * across] * b[column + k * down];
            sum1 += a[row + (k + 1) * across] * b[column + (k + 1) * down];
            sum2 += a[row + (k + 2) * across] * b[column + (k + 2) * down];
            sum3 += a[row + (k + 3) * across] * b[column + (k + 3) * down];
        }
        for (; k < inner; k++) {
            sum0 += a[row + k * across] * b[column + k * down];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
