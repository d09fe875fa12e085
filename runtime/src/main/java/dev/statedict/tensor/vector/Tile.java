package dev.statedict.tensor.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A piece of a product: eight vectors of sums, since a sum takes a term every four cycles and a processor begins two in
 * each. With the vectors of a row and a factor they stay in the sixteen registers of AVX2; processors with wider vectors
 * are no slower by these.
 */
final class Tile {
    static final int LANES = 8;
    /** Columns of a narrow tile. */
    static final int NARROW = 2 * LANES;
    /** Rows of a narrow tile. */
    static final int ROWS = 4;
    /** Columns of a wide tile, which has two rows. */
    static final int WIDE = 4 * LANES;

    static final int SIZE = ROWS * NARROW;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

    private Tile() {}

    /**
     * Four rows, each with its terms side by side from its place in {@code a} on, by a panel of {@value #NARROW} columns;
     * written to rows {@code down} apart, or added to what is there.
     */
    static void narrow(
            float[] a,
            int first,
            int second,
            int third,
            int fourth,
            float[] panel,
            int terms,
            float[] out,
            int at,
            int down,
            boolean add) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum00 = zero;
        FloatVector sum01 = zero;
        FloatVector sum10 = zero;
        FloatVector sum11 = zero;
        FloatVector sum20 = zero;
        FloatVector sum21 = zero;
        FloatVector sum30 = zero;
        FloatVector sum31 = zero;
        for (int i = 0; i < terms; i++) {
            FloatVector left = FloatVector.fromArray(SPECIES, panel, i * NARROW);
            FloatVector right = FloatVector.fromArray(SPECIES, panel, i * NARROW + LANES);
            FloatVector factor = FloatVector.broadcast(SPECIES, a[first + i]);
            sum00 = factor.fma(left, sum00);
            sum01 = factor.fma(right, sum01);
            factor = FloatVector.broadcast(SPECIES, a[second + i]);
            sum10 = factor.fma(left, sum10);
            sum11 = factor.fma(right, sum11);
            factor = FloatVector.broadcast(SPECIES, a[third + i]);
            sum20 = factor.fma(left, sum20);
            sum21 = factor.fma(right, sum21);
            factor = FloatVector.broadcast(SPECIES, a[fourth + i]);
            sum30 = factor.fma(left, sum30);
            sum31 = factor.fma(right, sum31);
        }
        write(sum00, out, at, add);
        write(sum01, out, at + LANES, add);
        write(sum10, out, at + down, add);
        write(sum11, out, at + down + LANES, add);
        write(sum20, out, at + 2 * down, add);
        write(sum21, out, at + 2 * down + LANES, add);
        write(sum30, out, at + 3 * down, add);
        write(sum31, out, at + 3 * down + LANES, add);
    }

    /**
     * Two rows, each with a term every {@code across} elements from its place in {@code a} on, by a panel of {@value #WIDE} columns, whose
     * rows lie {@code down} apart.
     */
    static void wide(
            float[] a,
            int first,
            int second,
            int across,
            float[] panel,
            int start,
            int down,
            int terms,
            float[] out,
            int at,
            int next,
            boolean add) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum00 = zero;
        FloatVector sum01 = zero;
        FloatVector sum02 = zero;
        FloatVector sum03 = zero;
        FloatVector sum10 = zero;
        FloatVector sum11 = zero;
        FloatVector sum12 = zero;
        FloatVector sum13 = zero;
        for (int i = 0, row = start, one = first, other = second;
                i < terms;
                i++, row += down, one += across, other += across) {
            FloatVector column0 = FloatVector.fromArray(SPECIES, panel, row);
            FloatVector column1 = FloatVector.fromArray(SPECIES, panel, row + LANES);
            FloatVector column2 = FloatVector.fromArray(SPECIES, panel, row + 2 * LANES);
            FloatVector column3 = FloatVector.fromArray(SPECIES, panel, row + 3 * LANES);
            FloatVector factor = FloatVector.broadcast(SPECIES, a[one]);
            sum00 = factor.fma(column0, sum00);
            sum01 = factor.fma(column1, sum01);
            sum02 = factor.fma(column2, sum02);
            sum03 = factor.fma(column3, sum03);
            factor = FloatVector.broadcast(SPECIES, a[other]);
            sum10 = factor.fma(column0, sum10);
            sum11 = factor.fma(column1, sum11);
            sum12 = factor.fma(column2, sum12);
            sum13 = factor.fma(column3, sum13);
        }
        write(sum00, out, at, add);
        write(sum01, out, at + LANES, add);
        write(sum02, out, at + 2 * LANES, add);
        write(sum03, out, at + 3 * LANES, add);
        write(sum10, out, at + next, add);
        write(sum11, out, at + next + LANES, add);
        write(sum12, out, at + next + 2 * LANES, add);
        write(sum13, out, at + next + 3 * LANES, add);
    }

    private static void write(FloatVector sum, float[] out, int at, boolean add) {
        if (add) {
            FloatVector.fromArray(SPECIES, out, at).add(sum).intoArray(out, at);
        } else {
            sum.intoArray(out, at);
        }
    }
}
