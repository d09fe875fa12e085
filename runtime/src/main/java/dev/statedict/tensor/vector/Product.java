package dev.statedict.tensor.vector;

import static dev.statedict.tensor.access.Vectors.TERMS;

import dev.statedict.tensor.access.Matrix;
import java.util.Arrays;

/**
 * The product in {@linkplain Tile tiles}, whose sums stay in vector registers. An element of {@code a} is multiplied by
 * several of {@code b}'s row, so that {@code a} is read where it lies, in any order; loops that the compiler makes
 * vectors of need it laid out anew, which takes 5 of 8 ms where 200,000 rows of 64 are multiplied by 10 columns.
 */
final class Product {
    /** For fewer rows it does not pay to lay out what can be read where it is. */
    private static final int MANY_ROWS = 32;

    /** So many columns of {@code b} are laid out at once: 192 KB with all terms, which a second-level cache holds. */
    private static final int STRETCH = 768;

    private final Matrix a;
    private final Matrix b;
    private final Matrix out;
    private final boolean inPlace;
    /** Some rows and columns of {@code b}: side by side as many columns as a wide tile has, one such panel after another. */
    private final float[] panels;
    /** The last columns, where a narrow tile has enough of them; filled up with zeros, as all panels. */
    private final float[] narrowPanel;
    /** A tile that cannot be written where it belongs. */
    private final float[] tile = new float[Tile.SIZE];

    /** Terms of a narrow tile's rows, side by side, where those of {@code a} lie apart. */
    private final float[] rows;

    Product(Matrix a, Matrix b, Matrix out) {
        this.a = a;
        this.b = b;
        this.out = out;
        this.inPlace = b.across() == 1 && a.rows() < MANY_ROWS;
        int terms = Math.min(TERMS, a.columns());
        this.panels = new float[(b.columns() <= Tile.NARROW ? 0 : Math.min(STRETCH, b.columns() + Tile.WIDE)) * terms];
        this.narrowPanel = new float[Tile.NARROW * terms];
        this.rows = new float[a.across() == 1 ? 0 : Tile.ROWS * terms];
    }

    void compute() {
        for (int from = 0; from < out.columns(); from += STRETCH) {
            int to = Math.min(from + STRETCH, out.columns());
            for (int k = 0; k < a.columns(); k += TERMS) {
                int terms = Math.min(TERMS, a.columns() - k);
                layOut(from, to, k, terms);
                multiply(from, to, k, terms);
            }
        }
    }

    private void layOut(int from, int to, int k, int terms) {
        int narrow = narrow(from, to);
        for (int column = from; column < narrow; column += Tile.WIDE) {
            if (!isReadInPlace(column, to)) {
                layOut(column, Math.min(Tile.WIDE, to - column), k, terms, panels, (column - from) * terms, Tile.WIDE);
            }
        }
        if (narrow < to) {
            layOut(narrow, to - narrow, k, terms, narrowPanel, 0, Tile.NARROW);
        }
    }

    /** Where the columns begin that a narrow tile has enough of; {@code to} if there are none. */
    private static int narrow(int from, int to) {
        int left = (to - from) % Tile.WIDE;
        return left <= Tile.NARROW ? to - left : to;
    }

    private boolean isReadInPlace(int column, int to) {
        return inPlace && column + Tile.WIDE <= to;
    }

    private void layOut(int column, int columns, int k, int terms, float[] panel, int start, int width) {
        for (int i = 0, at = start; i < terms; i++, at += width) {
            int place = b.at(k + i, column);
            if (b.across() == 1) {
                System.arraycopy(b.storage(), place, panel, at, columns);
            } else {
                for (int j = 0; j < columns; j++, place += b.across()) {
                    panel[at + j] = b.storage()[place];
                }
            }
            Arrays.fill(panel, at + columns, at + width, 0);
        }
    }

    /**
     * A tile's rows lie a half or a quarter of all apart, so that {@code a} is read along as many streams, whose waits for the
     * memory fall together: 200,000 rows of 64 by 10 take 3.6 ms, and with rows side by side 5 to 6.
     */
    private void multiply(int from, int to, int k, int terms) {
        int narrow = narrow(from, to);
        int half = narrow > from ? (a.rows() + 1) / 2 : 0;
        for (int row = 0; row < half; row++) {
            for (int column = from; column < narrow; column += Tile.WIDE) {
                if (isReadInPlace(column, to)) {
                    multiplyWide(row, half, column, b.storage(), b.at(k, column), b.down(), k, terms);
                } else {
                    multiplyWide(row, half, column, panels, (column - from) * terms, Tile.WIDE, k, terms);
                }
            }
        }
        int quarter = narrow < to ? (a.rows() + 3) / 4 : 0;
        for (int row = 0; row < quarter; row++) {
            multiplyNarrow(row, quarter, narrow, k, terms);
        }
    }

    /** Two rows by up to 32 columns. A row that is not there is the last one again. */
    private void multiplyWide(int row, int apart, int column, float[] panel, int start, int down, int k, int terms) {
        int first = rowAt(row, k);
        int second = rowAt(row + apart, k);
        boolean direct = isWhole(row + apart, column, Tile.WIDE);
        float[] target = direct ? out.storage() : tile;
        int place = direct ? out.at(row, column) : 0;
        int next = direct ? out.down() * apart : Tile.WIDE;
        Tile.wide(
                a.storage(),
                first,
                second,
                a.across(),
                panel,
                start,
                down,
                terms,
                target,
                place,
                next,
                direct && k > 0);
        if (!direct) {
            write(row, 2, apart, column, Tile.WIDE, k > 0);
        }
    }

    /** Four rows by up to 16 columns. */
    private void multiplyNarrow(int row, int apart, int column, int k, int terms) {
        float[] factors = a.storage();
        int first = rowAt(row, k);
        int second = rowAt(row + apart, k);
        int third = rowAt(row + 2 * apart, k);
        int fourth = rowAt(row + 3 * apart, k);
        if (a.across() != 1) {
            factors = rows;
            first = gather(first, 0, terms);
            second = gather(second, terms, terms);
            third = gather(third, 2 * terms, terms);
            fourth = gather(fourth, 3 * terms, terms);
        }
        boolean direct = isWhole(row + 3 * apart, column, Tile.NARROW) || k == 0 && isMended(row, apart, column);
        float[] target = direct ? out.storage() : tile;
        int place = direct ? out.at(row, column) : 0;
        int next = direct ? out.down() * apart : Tile.NARROW;
        Tile.narrow(factors, first, second, third, fourth, narrowPanel, terms, target, place, next, direct && k > 0);
        if (!direct) {
            write(row, Tile.ROWS, apart, column, Tile.NARROW, k > 0);
        }
    }

    private int rowAt(int row, int k) {
        return a.at(Math.min(row, a.rows() - 1), k);
    }

    private int gather(int from, int to, int terms) {
        for (int i = 0; i < terms; i++) {
            rows[to + i] = a.storage()[from + i * a.across()];
        }
        return to;
    }

    /** Whether all of a tile belongs to the product, where vectors can be written. */
    private boolean isWhole(int lastRow, int column, int columns) {
        return out.across() == 1 && lastRow < out.rows() && column + columns <= out.columns();
    }

    /** Whether what a tile has too much lies in rows that are written after it. */
    private boolean isMended(int row, int apart, int column) {
        return out.across() == 1
                && out.down() == out.columns()
                && column == 0
                && (long) row * out.columns() + Tile.NARROW <= (long) apart * out.columns()
                && (row + 3L * apart) * out.columns() + Tile.NARROW <= (long) out.rows() * out.columns();
    }

    private void write(int row, int rows, int apart, int column, int width, boolean add) {
        int columns = Math.min(width, out.columns() - column);
        for (int i = 0; i < rows && row + i * apart < out.rows(); i++) {
            int place = out.at(row + i * apart, column);
            if (add) {
                for (int j = 0; j < columns; j++, place += out.across()) {
                    out.storage()[place] += tile[i * width + j];
                }
            } else if (out.across() == 1) {
                System.arraycopy(tile, i * width, out.storage(), place, columns);
            } else {
                for (int j = 0; j < columns; j++, place += out.across()) {
                    out.storage()[place] = tile[i * width + j];
                }
            }
        }
    }
}
