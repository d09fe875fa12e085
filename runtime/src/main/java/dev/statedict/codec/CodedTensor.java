package dev.statedict.codec;

/**
 * A tensor as the arrays that it lies on and a way through them.
 *
 * @param type what the arrays are of
 * @param arrays the very arrays: one, or the rows in their order; never written. To lay a dict out, anything may stand for
 *     an array that is made when it is written, by its identity
 * @param onRows whether they are rows, all of one length, through which offset and strides count
 * @param rowLength the length of a row; of no meaning where there are none
 * @param offset the index of the first element
 * @param shape the size of each dimension; never written
 * @param strides how far apart neighbours along each dimension lie; never written
 */
public record CodedTensor(
        ArrayType type, Object[] arrays, boolean onRows, int rowLength, int offset, int[] shape, int[] strides) {
    long numel() {
        long numel = 1;
        for (int size : shape) {
            numel *= size;
        }
        return numel;
    }

    /** {@return the index just behind the last element; the offset where there is none} */
    public long end() {
        if (numel() == 0) {
            return offset;
        }
        long last = offset;
        for (int dim = 0; dim < shape.length; dim++) {
            last += (shape[dim] - 1L) * strides[dim];
        }
        return last + 1;
    }
}
