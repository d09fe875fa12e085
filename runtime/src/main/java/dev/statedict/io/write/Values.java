package dev.statedict.io.write;

import dev.statedict.StoredType;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The elements that an entry is to be stored with: those of a tensor in memory, or others that are had when they are
 * written, so that a dict may be larger than memory. How they lie on a storage says what is tied.
 */
public interface Values {
    /**
     * Those of a tensor.
     *
     * @param tensor on one array, not to be changed until it is written
     * @return its elements
     */
    static Values of(Tensor tensor) {
        return new TensorValues(tensor);
    }

    /** {@return what they lie on: entries that share something have the very same} */
    Object storage();

    /** {@return where on the storage the first element lies} */
    long offset();

    /** {@return the size of each dimension, a new array} */
    int[] shape();

    /** {@return how far apart on the storage neighbours along each dimension lie, a new array} */
    int[] strides();

    /** {@return the number of elements} */
    long numel();

    /**
     * A part of the storage, in the order in which it lies there.
     *
     * @param first where on the storage it begins
     * @param length the number of elements
     * @return its elements, as of one dimension
     */
    Values span(long first, long length);

    /**
     * Checks what can be checked before anything is written.
     *
     * @param key theirs, for messages
     * @param type a floating-point type as which they are to be stored, rounded
     * @throws IllegalArgumentException when one is beyond the range of the type
     */
    void requireRange(String key, StoredType type);

    /**
     * Copies elements in row-major order, in any number of threads.
     *
     * @param type as which to store them
     * @param first the place of the first
     * @param target little-endian, filled up to its limit
     * @throws IOException when they cannot be had
     * @throws IllegalArgumentException when one is beyond the range of the type
     */
    void copy(StoredType type, long first, ByteBuffer target) throws IOException;

    /** {@return how far on its storage the elements reach from the first to the last, both included} */
    default long extent() {
        if (numel() == 0) {
            return 0;
        }
        int[] shape = shape();
        int[] strides = strides();
        long extent = 1;
        for (int dim = 0; dim < shape.length; dim++) {
            extent += (shape[dim] - 1L) * strides[dim];
        }
        return extent;
    }
}
