package dev.statedict.tensor;

import static dev.statedict.tensor.access.FusedMultiplyAdd.fma;

import dev.statedict.tensor.access.Matrix;
import dev.statedict.tensor.access.Vectors;
import java.util.Arrays;

/**
 * The matrix product, for any strides: each row of the product is the sum of {@code b}'s rows, scaled. The innermost
 * loops add two or four of them, to one row or several, along a stretch of columns, in arrays of their own: so the
 * compiler turns them into vector instructions, and the arrays stay in the cache for all rows. A product with more rows
 * than columns is computed transposed, that the stretch may be long.
 *
 * <p>Each element is the sum of its terms one after another, each multiplied and added with one rounding
 * ({@link Math#fma}), as PyTorch's kernels do it; after every 64 terms a new sum begins, which is added to the last. That
 * depends on the shapes alone, so that a product comes out the same on every machine.
 */
final class MatrixProduct {
    /** An array of so many floats fills 49 cache lines, so that all begin at the same place of one where HotSpot puts them. */
    private static final int STRETCH = 780;

    private static final int DEPTH = Vectors.TERMS;
    /** From so many columns on rows are summed together. */
    private static final int LONG = 64;
    /** So many together at most: what is read of the block and what is summed stay in the sixteen registers of AVX2. */
    private static final int TOGETHER = 4;

    /**
     * Of fewer rows or columns a tile of vectors would be empty for the most part: {@code [512, 512]}, transposed, by
     * {@code [512, 1]} took 330 us by tiles and 37 by loops.
     */
    private static final int NARROWEST = 4;

    private final Tensor a;
    private final Tensor b;
    private final Tensor out;
    private final int rows;
    private final int inner;
    private final int columns;
    /** A block of {@code b}: a stretch of columns of some rows. */
    private final float[][] block;

    private final float[][] sums;

    private MatrixProduct(Tensor a, Tensor b, Tensor out) {
        this.a = a;
        this.b = b;
        this.out = out;
        this.rows = a.size(0);
        this.inner = a.size(1);
        this.columns = b.size(1);
        int stretch = Math.min(STRETCH, columns);
        this.block = new float[Math.min(DEPTH, inner)][stretch];
        this.sums = new float[Math.min(TOGETHER, rows)][stretch];
    }

    /** Computes the product of matrices of fitting shapes, where {@code out} overlaps neither factor. */
    static void compute(Tensor a, Tensor b, Tensor out) {
        Vectors vectors = VectorApi.VECTORS;
        if (vectors != null && a.size(1) > 0 && Math.min(out.size(0), out.size(1)) >= NARROWEST) {
            vectors.multiply(matrix(a), matrix(b), matrix(out));
        } else {
            computeByLoops(a, b, out);
        }
    }

    private static Matrix matrix(Tensor tensor) {
        Layout layout = tensor.layout();
        return new Matrix(
                tensor.storage(),
                layout.offset,
                layout.strides[0],
                layout.strides[1],
                layout.shape[0],
                layout.shape[1]);
    }

    private static void computeByLoops(Tensor a, Tensor b, Tensor out) {
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
                for (int row = 0, together; row < rows; row += together) {
                    together = together(rows - row, stretch);
                    sumScaledRows(row, together, k, depth, stretch);
                    write(row, together, column, stretch, k > 0);
                }
            }
        }
    }

    private static int together(int left, int stretch) {
        if (stretch < LONG || left == 1) {
            return 1;
        }
        return left < TOGETHER ? 2 : TOGETHER;
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

    private void sumScaledRows(int row, int together, int k, int depth, int stretch) {
        for (int i = 0; i < together; i++) {
            Arrays.fill(sums[i], 0, stretch, 0);
        }
        int down = a.layout().strides[0];
        int step = a.layout().strides[1];
        int scale = a.layout().offset + row * down + k * step;
        int i = 0;
        if (together == 4) {
            for (; i < depth - 1; i += 2, scale += 2 * step) {
                addTwoToFour(block[i], block[i + 1], a.storage(), scale, down, step, sums, stretch);
            }
        } else if (together == 2) {
            for (; i < depth - 1; i += 2, scale += 2 * step) {
                addTwoToTwo(block[i], block[i + 1], a.storage(), scale, down, step, sums, stretch);
            }
        } else {
            for (; i < depth - 3; i += 4, scale += 4 * step) {
                addFour(block, i, a.storage(), scale, step, sums[0], stretch);
            }
        }
        for (; i < depth; i++, scale += step) {
            for (int j = 0; j < together; j++) {
                add(block[i], a.storage()[scale + j * down], sums[j], stretch);
            }
        }
    }

    /**
     * Two rows of the block to four sums: 10 rows of 64 columns, each of 200,000 terms, take 9 ms with vectors of 256 bits, and 13 with
     * four rows to one sum. JDK 17 makes no vectors of a loop with more of {@code fma} than this.
     */
    private static void addTwoToFour(
            float[] a, float[] b, float[] scales, int scale, int down, int step, float[][] sums, int n) {
        float[] first = sums[0];
        float[] second = sums[1];
        float[] third = sums[2];
        float[] fourth = sums[3];
        float firstByA = scales[scale];
        float firstByB = scales[scale + step];
        float secondByA = scales[scale + down];
        float secondByB = scales[scale + down + step];
        float thirdByA = scales[scale + 2 * down];
        float thirdByB = scales[scale + 2 * down + step];
        float fourthByA = scales[scale + 3 * down];
        float fourthByB = scales[scale + 3 * down + step];
        for (int i = 0; i < n; i++) {
            float x = a[i];
            float y = b[i];
            first[i] = fma(firstByB, y, fma(firstByA, x, first[i]));
            second[i] = fma(secondByB, y, fma(secondByA, x, second[i]));
            third[i] = fma(thirdByB, y, fma(thirdByA, x, third[i]));
            fourth[i] = fma(fourthByB, y, fma(fourthByA, x, fourth[i]));
        }
    }

    private static void addTwoToTwo(
            float[] a, float[] b, float[] scales, int scale, int down, int step, float[][] sums, int n) {
        float[] first = sums[0];
        float[] second = sums[1];
        float firstByA = scales[scale];
        float firstByB = scales[scale + step];
        float secondByA = scales[scale + down];
        float secondByB = scales[scale + down + step];
        for (int i = 0; i < n; i++) {
            float x = a[i];
            float y = b[i];
            first[i] = fma(firstByB, y, fma(firstByA, x, first[i]));
            second[i] = fma(secondByB, y, fma(secondByA, x, second[i]));
        }
    }

    private static void addFour(float[][] block, int row, float[] scales, int scale, int step, float[] sums, int n) {
        float[] a = block[row];
        float[] b = block[row + 1];
        float[] c = block[row + 2];
        float[] d = block[row + 3];
        float byA = scales[scale];
        float byB = scales[scale + step];
        float byC = scales[scale + 2 * step];
        float byD = scales[scale + 3 * step];
        for (int i = 0; i < n; i++) {
            sums[i] = fma(byD, d[i], fma(byC, c[i], fma(byB, b[i], fma(byA, a[i], sums[i]))));
        }
    }

    private static void add(float[] a, float byA, float[] sums, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] = fma(byA, a[i], sums[i]);
        }
    }

    private void write(int row, int together, int column, int stretch, boolean add) {
        int down = out.layout().strides[0];
        int step = out.layout().strides[1];
        int at = out.layout().offset + row * down + column * step;
        int i = 0;
        if (step != 1 && !add) {
            for (; i < together - 1; i += 2, at += 2 * down) {
                writeTwice(sums[i], sums[i + 1], out.storage(), at, down, step, stretch);
            }
        }
        for (; i < together; i++, at += down) {
            if (step == 1) {
                writeRow(sums[i], out.storage(), at, stretch, add);
            } else {
                writeApart(sums[i], out.storage(), at, step, stretch, add);
            }
        }
    }

    private static void writeRow(float[] values, float[] storage, int at, int stretch, boolean add) {
        if (!add) {
            System.arraycopy(values, 0, storage, at, stretch);
            return;
        }
        for (int i = 0; i < stretch; i++) {
            storage[at + i] += values[i];
        }
    }

    private static void writeApart(float[] values, float[] storage, int at, int step, int stretch, boolean add) {
        for (int i = 0; i < stretch; i++, at += step) {
            storage[at] = add ? storage[at] + values[i] : values[i];
        }
    }

    /** Two rows side by side, where their elements lie apart: a cache line is touched once for both. */
    private static void writeTwice(
            float[] values, float[] others, float[] storage, int at, int down, int step, int stretch) {
        for (int i = 0; i < stretch; i++, at += step) {
            storage[at] = values[i];
            storage[at + down] = others[i];
        }
    }
}
