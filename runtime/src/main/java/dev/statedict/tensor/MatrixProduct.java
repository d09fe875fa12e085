package dev.statedict.tensor;

import java.util.Arrays;

/**
 * The matrix product, for any strides: each row of the product is the sum of {@code b}'s rows, scaled. The innermost
 * loop adds four of them, along a stretch of columns, in arrays of their own: so the compiler turns it into vector
 * instructions, and the arrays stay in the cache for all rows. A product with more rows than columns is computed
 * transposed, that the stretch may be long.
 *
 * <p>The order of the additions depends on the shapes alone, so that a product comes out the same on every machine.
 */
final class MatrixProduct {
    private static final int STRETCH = 512;
    private static final int DEPTH = 64;
    private static final int LONG = 256;

    private final Tensor a;
    private final Tensor b;
    private final Tensor out;
    private final int rows;
    private final int inner;
    private final int columns;
    /** A block of {@code b}: a stretch of columns of some rows. */
    private final float[][] block;

    private final float[] sums;
    private final float[] moreSums;

    private MatrixProduct(Tensor a, Tensor b, Tensor out) {
        this.a = a;
        this.b = b;
        this.out = out;
        this.rows = a.size(0);
        this.inner = a.size(1);
        this.columns = b.size(1);
        int stretch = Math.min(STRETCH, columns);
        this.block = new float[Math.min(DEPTH, inner)][stretch];
        this.sums = new float[stretch];
        this.moreSums = new float[stretch];
    }

    /** Computes the product of matrices of fitting shapes, where {@code out} overlaps neither factor. */
    static void compute(Tensor a, Tensor b, Tensor out) {
        boolean wide = out.size(1) >= out.size(0);
        MatrixProduct product = wide
                ? new MatrixProduct(a, b, out)
                : new MatrixProduct(b.transpose(0, 1), a.transpose(0, 1), out.transpose(0, 1));
        product.compute();
    }

    private void compute() {
        if (inner == 0) {
            out.fill(0);
        }
        for (int column = 0; column < columns; column += STRETCH) {
            int stretch = Math.min(STRETCH, columns - column);
            for (int k = 0; k < inner; k += DEPTH) {
                int depth = Math.min(DEPTH, inner - k);
                load(k, depth, column, stretch);
                int row = 0;
                if (stretch >= LONG) {
                    for (; row < rows - 1; row += 2) {
                        sumScaledRowsTwice(row, k, depth, stretch);
                        write(sums, row, column, stretch, k > 0);
                        write(moreSums, row + 1, column, stretch, k > 0);
                    }
                }
                for (; row < rows; row++) {
                    sumScaledRows(row, k, depth, stretch);
                    write(sums, row, column, stretch, k > 0);
                }
            }
        }
    }

    private void load(int k, int depth, int column, int stretch) {
        int down = b.layout().strides[0];
        int across = b.layout().strides[1];
        int start = b.layout().offset + k * down + column * across;
        if (across == 1) {
            for (int i = 0; i < depth; i++) {
                System.arraycopy(b.storage(), start + i * down, block[i], 0, stretch);
            }
            return;
        }
        int i = 0;
        for (; i < stretch - 3; i += 4) {
            loadFourColumns(b.storage(), start + i * across, across, down, depth, i);
        }
        for (; i < stretch; i++) {
            for (int j = 0; j < depth; j++) {
                block[j][i] = b.storage()[start + i * across + j * down];
            }
        }
    }

    /** Four at a time, as each row of the block is far from the last. */
    private void loadFourColumns(float[] storage, int start, int across, int down, int depth, int column) {
        int at = start;
        for (int i = 0; i < depth; i++, at += down) {
            float[] row = block[i];
            row[column] = storage[at];
            row[column + 1] = storage[at + across];
            row[column + 2] = storage[at + 2 * across];
            row[column + 3] = storage[at + 3 * across];
        }
    }

    private void sumScaledRows(int row, int k, int depth, int stretch) {
        float[] scales = a.storage();
        int step = a.layout().strides[1];
        int scale = a.layout().offset + row * a.layout().strides[0] + k * step;
        Arrays.fill(sums, 0, stretch, 0);
        int i = 0;
        for (; i < depth - 3; i += 4, scale += 4 * step) {
            addScaled(
                    block[i],
                    scales[scale],
                    block[i + 1],
                    scales[scale + step],
                    block[i + 2],
                    scales[scale + 2 * step],
                    block[i + 3],
                    scales[scale + 3 * step],
                    sums,
                    stretch);
        }
        for (; i < depth; i++, scale += step) {
            addScaled(block[i], scales[scale], sums, stretch);
        }
    }

    /** Two rows, each as by itself: what is read of the block is added to both. */
    private void sumScaledRowsTwice(int row, int k, int depth, int stretch) {
        float[] scales = a.storage();
        int down = a.layout().strides[0];
        int step = a.layout().strides[1];
        int scale = a.layout().offset + row * down + k * step;
        Arrays.fill(sums, 0, stretch, 0);
        Arrays.fill(moreSums, 0, stretch, 0);
        int i = 0;
        for (; i < depth - 3; i += 4, scale += 4 * step) {
            addScaledTwice(block, i, scales, scale, scale + down, step, sums, moreSums, stretch);
        }
        for (; i < depth; i++, scale += step) {
            addScaled(block[i], scales[scale], sums, stretch);
            addScaled(block[i], scales[scale + down], moreSums, stretch);
        }
    }

    /** For long rows alone: in a loop that is mostly short, JDK 17 makes no vectors of so much. */
    private static void addScaledTwice(
            float[][] block,
            int row,
            float[] scales,
            int scale,
            int otherScale,
            int step,
            float[] sums,
            float[] others,
            int n) {
        float[] a = block[row];
        float[] b = block[row + 1];
        float[] c = block[row + 2];
        float[] d = block[row + 3];
        float byA = scales[scale];
        float byB = scales[scale + step];
        float byC = scales[scale + 2 * step];
        float byD = scales[scale + 3 * step];
        float otherByA = scales[otherScale];
        float otherByB = scales[otherScale + step];
        float otherByC = scales[otherScale + 2 * step];
        float otherByD = scales[otherScale + 3 * step];
        for (int i = 0; i < n; i++) {
            float w = a[i];
            float x = b[i];
            float y = c[i];
            float z = d[i];
            sums[i] = sums[i] + byA * w + byB * x + byC * y + byD * z;
            others[i] = others[i] + otherByA * w + otherByB * x + otherByC * y + otherByD * z;
        }
    }

    private static void addScaled(
            float[] a,
            float byA,
            float[] b,
            float byB,
            float[] c,
            float byC,
            float[] d,
            float byD,
            float[] sums,
            int n) {
        for (int i = 0; i < n; i++) {
            sums[i] = sums[i] + byA * a[i] + byB * b[i] + byC * c[i] + byD * d[i];
        }
    }

    private static void addScaled(float[] a, float byA, float[] sums, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += byA * a[i];
        }
    }

    private void write(float[] values, int row, int column, int stretch, boolean add) {
        float[] storage = out.storage();
        int step = out.layout().strides[1];
        int at = out.layout().offset + row * out.layout().strides[0] + column * step;
        for (int i = 0; i < stretch; i++, at += step) {
            storage[at] = add ? storage[at] + values[i] : values[i];
        }
    }
}
