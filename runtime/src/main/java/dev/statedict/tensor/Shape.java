package dev.statedict.tensor;

import java.util.Arrays;

/** Pure arithmetic on shapes (sizes along each dimension) and on the dimensions and indices that address them. */
final class Shape {

    private Shape() {}

    /**
     * The number of elements of a shape, 1 if it has no dimensions.
     *
     * @throws IllegalArgumentException if a size is negative, or if the nonzero sizes multiply to more than an int:
     *     then the elements would not fit into an array or, of an empty tensor, the strides not into ints
     */
    static int numel(int[] shape) {
        long product = 1;
        boolean empty = false;
        for (int dim = 0; dim < shape.length; dim++) {
            int size = shape[dim];
            if (size < 0) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has the negative size " + size
                        + " in dimension " + dim + "; a size is zero or more");
            }
            empty |= size == 0;
            product *= Math.max(size, 1);
            if (product > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape)
                        + " is too large: its nonzero sizes multiply to more than " + Integer.MAX_VALUE
                        + ", the most elements that an array can have; use several tensors");
            }
        }
        return empty ? 0 : (int) product;
    }

    /** The strides of a contiguous tensor, those of an empty one as if its zero sizes were ones. */
    static int[] contiguousStrides(int[] shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            strides[dim] = stride;
            stride *= Math.max(shape[dim], 1);
        }
        return strides;
    }

    /**
     * The requested shape with the one size -1, if there is one, inferred from the number of elements.
     *
     * @throws IllegalArgumentException if it cannot be inferred, or if the shape has another number of elements
     */
    static int[] infer(int[] requested, int[] shape, int numel) {
        String attempt = "cannot reshape " + Arrays.toString(shape) + " to " + Arrays.toString(requested) + ": ";
        int[] sizes = requested.clone();
        int unknown = -1;
        for (int dim = 0; dim < sizes.length; dim++) {
            if (sizes[dim] == -1) {
                if (unknown >= 0) {
                    throw new IllegalArgumentException(attempt + "only one size can be inferred; write one -1 at most");
                }
                unknown = dim;
                sizes[dim] = 1;
            }
        }
        int known = numel(sizes);
        if (unknown < 0) {
            if (known != numel) {
                throw new IllegalArgumentException(attempt + numel + " elements are not " + known);
            }
            return sizes;
        }
        if (known == 0 && numel == 0) {
            throw new IllegalArgumentException(attempt + "beside a zero any size will do; write it instead of -1");
        }
        if (known == 0 || numel % known != 0) {
            throw new IllegalArgumentException(attempt + numel + " elements are no multiple of " + known);
        }
        sizes[unknown] = numel / known;
        return sizes;
    }

    /** The indices of the element that is at this place of all in row-major order. */
    static int[] indices(int place, int[] shape) {
        int[] indices = new int[shape.length];
        int rest = place;
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            indices[dim] = rest % shape[dim];
            rest /= shape[dim];
        }
        return indices;
    }

    /** The values, one for each dimension, but for this one. */
    static int[] without(int dim, int[] values) {
        int[] rest = new int[values.length - 1];
        System.arraycopy(values, 0, rest, 0, dim);
        System.arraycopy(values, dim + 1, rest, dim, rest.length - dim);
        return rest;
    }

    /**
     * The dimension that is meant, where a negative one counts from the end.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    static int dimension(int dim, int[] shape) {
        int count = shape.length;
        if (dim < -count || dim >= count) {
            throw new IndexOutOfBoundsException("dimension " + dim + " is out of range for shape "
                    + Arrays.toString(shape)
                    + (count == 0
                            ? ", which has no dimensions"
                            : "; dimensions run from " + -count + " to " + (count - 1)));
        }
        return dim < 0 ? dim + count : dim;
    }

    /**
     * The index that is meant along a dimension, where a negative one counts from the end.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    static int index(int index, int dim, int[] shape) {
        int size = shape[dim];
        if (index < -size || index >= size) {
            throw new IndexOutOfBoundsException("index " + index + " is out of range for dimension " + dim
                    + " of shape " + Arrays.toString(shape)
                    + (size == 0 ? ", which is empty" : "; indices run from " + -size + " to " + (size - 1)));
        }
        return index < 0 ? index + size : index;
    }
}
