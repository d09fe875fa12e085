package dev.statedict.tensor.access;

/**
 * A matrix in a storage, without the tensor around it.
 *
 * @param storage where the elements are
 * @param offset the first one's place
 * @param down from one row to the next
 * @param across from one column to the next
 * @param rows how many
 * @param columns how many
 */
public record Matrix(float[] storage, int offset, int down, int across, int rows, int columns) {
    /**
     * {@return the place of an element}
     *
     * @param row from 0 on
     * @param column from 0 on
     */
    public int at(int row, int column) {
        return offset + row * down + column * across;
    }

    /** {@return the same elements, with rows and columns exchanged} */
    public Matrix transpose() {
        return new Matrix(storage, offset, across, down, columns, rows);
    }
}
