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
    /** An array of so many floats fills 49 cache lines, so that all begin at the same place of one where HotSpot puts them. */
    private static final int STRETCH = 780;

    private static final int DEPTH = 64;
    /** From so many columns on two rows are summed at a time: 13 ms instead of 17 for 10 rows of 64, each of 200,000 terms. */
    private static final int LONG = 64;

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
                        writeTwice(row, column, stretch, k > 0);
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
        if (down == 1) {
            for (; i < depth - 3; i += 4) {
                loadFourNeighbours(b.storage(), start + i, across, stretch, i);
            }
        }
        loadColumns(b.storage(), start + i * down, across, down, i, depth, stretch);
    }

    /** Four rows whose elements lie side by side, four of each at a time: what is stored then lies side by side too. */
    private void loadFourNeighbours(float[] storage, int start, int across, int stretch, int row) {
        float[] a = block[row];
        float[] b = block[row + 1];
        float[] c = block[row + 2];
        float[] d = block[row + 3];
        int i = 0;
        for (; i < stretch - 3; i += 4) {
            int at = start + i * across;
            float a0 = storage[at];
            float b0 = storage[at + 1];
            float c0 = storage[at + 2];
            float d0 = storage[at + 3];
            at += across;
            float a1 = storage[at];
            float b1 = storage[at + 1];
            float c1 = storage[at + 2];
            float d1 = storage[at + 3];
            at += across;
            float a2 = storage[at];
            float b2 = storage[at + 1];
            float c2 = storage[at + 2];
            float d2 = storage[at + 3];
            at += across;
            a[i] = a0;
            a[i + 1] = a1;
            a[i + 2] = a2;
            a[i + 3] = storage[at];
            b[i] = b0;
            b[i + 1] = b1;
            b[i + 2] = b2;
            b[i + 3] = storage[at + 1];
            c[i] = c0;
            c[i + 1] = c1;
            c[i + 2] = c2;
            c[i + 3] = storage[at + 2];
            d[i] = d0;
            d[i + 1] = d1;
            d[i + 2] = d2;
            d[i + 3] = storage[at + 3];
        }
        for (; i < stretch; i++) {
            int at = start + i * across;
            a[i] = storage[at];
            b[i] = storage[at + 1];
            c[i] = storage[at + 2];
            d[i] = storage[at + 3];
        }
    }

    /** The rows from {@code from} on, four columns at a time, as each row of the block is far from the last. */
    private void loadColumns(float[] storage, int start, int across, int down, int from, int depth, int stretch) {
        int i = 0;
        for (; i < stretch - 3; i += 4) {
            int at = start + i * across;
            for (int j = from; j < depth; j++, at += down) {
                float[] row = block[j];
                row[i] = storage[at];
                row[i + 1] = storage[at + across];
                row[i + 2] = storage[at + 2 * across];
                row[i + 3] = storage[at + 3 * across];
            }
        }
        for (; i < stretch; i++) {
            for (int j = from, at = start + i * across; j < depth; j++, at += down) {
                block[j][i] = storage[at];
            }
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

    /** Two rows side by side, where their elements lie apart: a cache line is touched once for both. */
    private void writeTwice(int row, int column, int stretch, boolean add) {
        int down = out.layout().strides[0];
        int step = out.layout().strides[1];
        if (add || step == 1) {
            write(sums, row, column, stretch, add);
            write(moreSums, row + 1, column, stretch, add);
            return;
        }
        float[] storage = out.storage();
        int at = out.layout().offset + row * down + column * step;
        for (int i = 0; i < stretch; i++, at += step) {
            storage[at] = sums[i];
            storage[at + down] = moreSums[i];
        }
    }
}
