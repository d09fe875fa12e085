package dev.statedict.tensor;

import java.util.Arrays;

/**
 * Where in a storage the elements of a tensor lie: offset, shape and strides. Immutable; all views of a tensor are
 * computed here, without its storage.
 */
final class Layout {

    final int offset;
    /** Never written, as {@link #strides}; both are handed out only as copies. */
    final int[] shape;

    final int[] strides;
    final int numel;
    final boolean contiguous;

    private Layout(int offset, int[] shape, int[] strides, int numel) {
        this.offset = offset;
        this.shape = shape;
        this.strides = strides;
        this.numel = numel;
        this.contiguous = isContiguous(shape, strides, numel);
    }

    /** The contiguous layout of a shape, from offset 0. */
    static Layout contiguous(int... shape) {
        int[] own = shape.clone();
        return new Layout(0, own, Shape.contiguousStrides(own), Shape.numel(own));
    }

    /**
     * The contiguous layout of a shape over all of an array.
     *
     * @throws IllegalArgumentException if the array has another length; names the factory method that was called
     */
    static Layout contiguousOver(int length, String factory, int[] shape) {
        Layout layout = contiguous(shape);
        if (length != layout.numel) {
            throw new IllegalArgumentException("an array of length " + length + " does not fit shape "
                    + Arrays.toString(shape) + ", which " + (shape.length == 0 ? "is 0-d and " : "") + "has "
                    + layout.numel + (layout.numel == 1 ? " element" : " elements")
                    + (shape.length == 0
                            ? "; write Tensor." + factory + "(array, " + length + ")"
                            : "; give one of length " + layout.numel + ", or another shape"));
        }
        return layout;
    }

    /**
     * Any layout within a storage of the given length.
     *
     * @throws IllegalArgumentException if shape and strides differ in length, a stride is negative, or an element
     *     would lie outside of the storage
     */
    static Layout strided(int offset, int[] shape, int[] strides, int storageLength) {
        if (shape.length != strides.length) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " and strides "
                    + Arrays.toString(strides) + " differ in length; give one stride for each dimension");
        }
        for (int stride : strides) {
            if (stride < 0) {
                throw new IllegalArgumentException(
                        "strides " + Arrays.toString(strides) + " hold a negative one; a stride is zero or more");
            }
        }
        Layout layout = new Layout(offset, shape.clone(), strides.clone(), Shape.numel(shape));
        layout.checkWithin(storageLength);
        return layout;
    }

    /**
     * Holds the layout against a storage of the given length.
     *
     * @throws IllegalArgumentException if an element would lie outside of it
     */
    void checkWithin(int storageLength) {
        // an empty tensor reads nothing, so it may lie anywhere; only its views' offsets must stay ints
        long limit = numel == 0 ? Integer.MAX_VALUE : storageLength;
        if (offset < 0 || end(offset, shape, strides) > limit) {
            throw new IllegalArgumentException("offset " + offset + ", shape " + Arrays.toString(shape)
                    + " and strides " + Arrays.toString(strides) + " reach outside of a storage of " + storageLength
                    + " elements");
        }
    }

    int dim() {
        return shape.length;
    }

    /** The index in the storage just behind the last element, if there is one. */
    int end() {
        return (int) end(offset, shape, strides);
    }

    private static long end(int offset, int[] shape, int[] strides) {
        long last = offset;
        for (int dim = 0; dim < shape.length; dim++) {
            // no overflow: the sizes multiply to an int at most, so their sum times the largest stride is a long
            last += (long) Math.max(shape[dim] - 1, 0) * strides[dim];
        }
        return last + 1;
    }

    /** Whether the two, on one storage, might have an element in common; judged by where they begin and end. */
    boolean mayOverlap(Layout other) {
        return numel > 0 && other.numel > 0 && offset < other.end() && other.offset < end();
    }

    /** Whether two indices might lead to one element: where a stride is not past all that shorter ones reach. */
    boolean mayOverlapItself() {
        Layout ordered = inStorageOrder();
        long reach = 0;
        for (int dim = dim() - 1; dim >= 0; dim--) {
            if (ordered.shape[dim] > 1) {
                if (ordered.strides[dim] <= reach) {
                    return true;
                }
                reach += (long) (ordered.shape[dim] - 1) * ordered.strides[dim];
            }
        }
        return false;
    }

    /** The index in the storage of the element at these indices, one for each dimension. */
    int indexOf(int[] indices) {
        if (indices.length != shape.length) {
            throw new IllegalArgumentException("indices " + Arrays.toString(indices) + " do not fit shape "
                    + Arrays.toString(shape) + "; give one index for each dimension");
        }
        int at = offset;
        for (int dim = 0; dim < indices.length; dim++) {
            at += Shape.index(indices[dim], dim, shape) * strides[dim];
        }
        return at;
    }

    /** The same elements with the dimensions in the order in which a contiguous layout has them: long strides first. */
    Layout inStorageOrder() {
        Layout ordered = this;
        for (int end = dim(); end > 1; end--) {
            for (int dim = 1; dim < end; dim++) {
                if (ordered.strides[dim - 1] < ordered.strides[dim]) {
                    ordered = ordered.transpose(dim - 1, dim);
                }
            }
        }
        return ordered;
    }

    /** The same shape and strides from another offset on. */
    Layout from(int otherOffset) {
        return new Layout(otherOffset, shape, strides, numel);
    }

    Layout select(int dim, int index) {
        int from = Shape.dimension(dim, shape);
        int at = offset + Shape.index(index, from, shape) * strides[from];
        int[] sizes = Shape.without(from, shape);
        return new Layout(at, sizes, Shape.without(from, strides), Shape.numel(sizes));
    }

    Layout narrow(int dim, int start, int length) {
        int along = Shape.dimension(dim, shape);
        int size = shape[along];
        int from = start < 0 ? start + size : start;
        if (length < 0 || from < 0 || from > size - length) {
            throw new IndexOutOfBoundsException("start " + start + " and length " + length + " do not fit dimension "
                    + along + " of shape " + Arrays.toString(shape));
        }
        int[] sizes = shape.clone();
        sizes[along] = length;
        // an empty view stays where it is, lest its offset leave the ints
        int at = length == 0 ? offset : offset + from * strides[along];
        return new Layout(at, sizes, strides, Shape.numel(sizes));
    }

    Layout transpose(int a, int b) {
        int first = Shape.dimension(a, shape);
        int second = Shape.dimension(b, shape);
        return new Layout(offset, swap(first, second, shape), swap(first, second, strides), numel);
    }

    /**
     * The same elements in the same order under another shape, of which one size may be -1.
     *
     * @throws IllegalArgumentException if the number of elements differs, or if no strides express it
     */
    Layout reshape(int[] requested) {
        int[] sizes = Shape.infer(requested, shape, numel);
        if (contiguous) {
            return new Layout(offset, sizes, Shape.contiguousStrides(sizes), numel);
        }
        Layout runs = coalesce();
        int[] steps = new int[sizes.length];
        // a layout that is not contiguous has two elements or more, so at least one run
        int run = runs.dim() - 1;
        int left = runs.shape[run];
        int step = runs.strides[run];
        for (int dim = sizes.length - 1; dim >= 0; dim--) {
            int size = sizes[dim];
            if (left == 1 && size > 1) {
                run--;
                left = runs.shape[run];
                step = runs.strides[run];
            }
            if (left % size != 0) {
                throw new IllegalArgumentException("cannot view shape " + Arrays.toString(shape) + " with strides "
                        + Arrays.toString(strides) + " as " + Arrays.toString(sizes)
                        + ": no strides reach its elements in this order; write contiguous().reshape("
                        + join(sizes) + "), which copies");
            }
            steps[dim] = step;
            step *= size;
            left /= size;
        }
        return new Layout(offset, sizes, steps, numel);
    }

    /** This layout repeated along missing leading dimensions and dimensions of size 1, by strides of 0. */
    Layout broadcastTo(int[] sizes) {
        int missing = sizes.length - shape.length;
        int[] steps = new int[sizes.length];
        for (int dim = 0; dim < shape.length; dim++) {
            if (missing < 0 || (shape[dim] != 1 && shape[dim] != sizes[missing + dim])) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " cannot be broadcast to "
                        + Arrays.toString(sizes) + "; from the last dimension on, sizes must be equal or 1");
            }
            steps[missing + dim] = shape[dim] == 1 ? 0 : strides[dim];
        }
        return new Layout(offset, sizes, steps, Shape.numel(sizes));
    }

    /** The same elements in the same order with as few dimensions as strides allow, none of size 1; not of empty ones. */
    Layout coalesce() {
        int[] sizes = new int[shape.length];
        int[] steps = new int[shape.length];
        int first = shape.length;
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            if (first < shape.length && strides[dim] == sizes[first] * steps[first]) {
                sizes[first] *= shape[dim];
            } else if (shape[dim] != 1) {
                first--;
                sizes[first] = shape[dim];
                steps[first] = strides[dim];
            }
        }
        return new Layout(
                offset,
                Arrays.copyOfRange(sizes, first, shape.length),
                Arrays.copyOfRange(steps, first, shape.length),
                numel);
    }

    boolean hasSameShapeAs(Layout other) {
        return this == other || areEqual(shape, other.shape);
    }

    boolean isSameAs(Layout other) {
        return this == other || (offset == other.offset && hasSameShapeAs(other) && areEqual(strides, other.strides));
    }

    /** As {@link Arrays#equals(int[], int[])}, which is made for long arrays; these have a handful of elements. */
    private static boolean areEqual(int[] a, int[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isContiguous(int[] shape, int[] strides, int numel) {
        if (numel == 0) {
            return true;
        }
        int expected = 1;
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            // along a dimension of size 1 no stride is ever taken
            if (shape[dim] != 1 && strides[dim] != expected) {
                return false;
            }
            expected *= shape[dim];
        }
        return true;
    }

    private static int[] swap(int a, int b, int[] values) {
        int[] swapped = values.clone();
        swapped[a] = values[b];
        swapped[b] = values[a];
        return swapped;
    }

    private static String join(int[] sizes) {
        String list = Arrays.toString(sizes);
        return list.substring(1, list.length() - 1);
    }
}
