package dev.statedict.tensor.access;

/**
 * Arithmetic by vectors that are written as such, for which Java has an incubating module alone. It comes to the
 * same bits as the loops that are used without it.
 */
public interface Vectors {
    /** So many terms of a product are summed before they are added to what was summed before. */
    int TERMS = 64;

    /**
     * Overwrites {@code out} with the product. Each element is the sum of its terms one after another, each multiplied
     * and added with one rounding ({@link Math#fma}); after every {@value #TERMS} terms a new sum begins.
     *
     * @param a {@code [n, m]}
     * @param b {@code [m, p]}
     * @param out {@code [n, p]}, which overlaps neither
     */
    void multiply(Matrix a, Matrix b, Matrix out);
}
