package dev.statedict.io.read;

import dev.statedict.io.file.FormatException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A tensor in a file, unread; every element lies within its storage.
 *
 * @param storage its elements, possibly among others
 * @param offset the index in the storage of its first element
 * @param shape the size of each dimension; never written
 * @param strides how far apart in the storage neighbours along each dimension lie; never written
 */
public record FileTensor(FileStorage storage, long offset, int[] shape, int[] strides) {
    /** As many as PyTorch's own kernels take. */
    public static final int MAX_DIMENSIONS = 64;

    /** The JDK's own limit for arrays, a little below the largest int. */
    static final long MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    /**
     * How many elements a tensor may make of fewer in its storage, by a stride of 0 or by overlap, as PyTorch's
     * {@code expand} does: 64 MB of floats, should someone make it contiguous.
     */
    private static final long MAX_EXPANDED = 1 << 24;

    /**
     * A contiguous tensor that fills its storage.
     *
     * @param storage the storage
     * @param shape the size of each dimension, checked by {@link #numel}
     * @return the tensor
     */
    public static FileTensor contiguous(FileStorage storage, int... shape) {
        return new FileTensor(storage, 0, shape, contiguousStrides(shape));
    }

    /**
     * How far apart neighbours lie in row-major order.
     *
     * @param shape the size of each dimension
     * @return the stride of each
     */
    public static int[] contiguousStrides(int... shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            strides[dim] = stride;
            stride *= Math.max(shape[dim], 1);
        }
        return strides;
    }

    /** {@return whether its elements lie side by side in row-major order} */
    public boolean isContiguous() {
        int[] expected = contiguousStrides(shape);
        return numel() == 0
                || IntStream.range(0, shape.length).allMatch(dim -> shape[dim] == 1 || strides[dim] == expected[dim]);
    }

    /**
     * A tensor of any layout.
     *
     * @param place who is to blame, for messages
     * @param storage the storage
     * @param offset as a file says it
     * @param sizes as a file says them
     * @param strides as a file says them
     * @return the tensor
     * @throws FormatException when a number is negative, an element would lie outside of the storage, or there are more
     *     elements than an array takes
     */
    public static FileTensor strided(String place, FileStorage storage, long offset, long[] sizes, long[] strides)
            throws FormatException {
        long numel = numel(place, sizes);
        if (sizes.length != strides.length) {
            throw FormatException.of(
                    "%s: shape %s and strides %s differ in length",
                    place, Arrays.toString(sizes), Arrays.toString(strides));
        }
        boolean outside = offset < 0 || offset > storage.numel();
        int[] steps = new int[strides.length];
        long last = offset;
        for (int dim = 0; dim < sizes.length; dim++) {
            if (strides[dim] < 0) {
                throw FormatException.of("%s: stride %d of dimension %d is negative", place, strides[dim], dim);
            }
            // along a dimension of one element or none no stride is ever taken
            if (numel > 0 && sizes[dim] > 1 && !outside) {
                outside = strides[dim] > (storage.numel() - last) / (sizes[dim] - 1);
                last += outside ? 0 : strides[dim] * (sizes[dim] - 1);
            }
            steps[dim] = (int) Math.min(strides[dim], Integer.MAX_VALUE);
        }
        if (outside || (numel > 0 && last >= storage.numel())) {
            throw FormatException.of(
                    "%s: offset %,d, shape %s and strides %s reach outside of a storage of %,d elements",
                    place, offset, Arrays.toString(sizes), Arrays.toString(strides), storage.numel());
        }
        if (numel > storage.numel() && numel > MAX_EXPANDED) {
            throw FormatException.of(
                    "%s: %,d elements are made of %,d in its storage; at most %,d may be;"
                            + " save tensor.clone() instead of an expanded view",
                    place, numel, storage.numel(), MAX_EXPANDED);
        }
        return new FileTensor(storage, offset, ints(sizes), steps);
    }

    /**
     * The number of elements that a shape asks for.
     *
     * @param place who is to blame, for messages, as text
     * @param sizes as a file says them
     * @return their product
     * @throws FormatException when there are too many dimensions, a size is negative, or an array cannot hold as many
     *     elements, also where a size of 0 would hide it
     */
    public static long numel(Object place, long[] sizes) throws FormatException {
        if (sizes.length > MAX_DIMENSIONS) {
            throw FormatException.of("%s: %,d dimensions, at most %d are allowed", place, sizes.length, MAX_DIMENSIONS);
        }
        long product = 1;
        boolean empty = false;
        for (long size : sizes) {
            if (size < 0) {
                throw FormatException.of("%s: shape %s holds a negative size", place, Arrays.toString(sizes));
            }
            empty |= size == 0;
            if (size > MAX_ELEMENTS || product * Math.max(size, 1) > MAX_ELEMENTS) {
                throw FormatException.of(
                        "%s: shape %s asks for more than %,d elements, the most that an array of Java holds",
                        place, Arrays.toString(sizes), MAX_ELEMENTS);
            }
            product *= Math.max(size, 1);
        }
        return empty ? 0 : product;
    }

    /**
     * Sizes as ints.
     *
     * @param sizes sizes that {@link #numel} has passed
     * @return a new array
     */
    public static int[] ints(long[] sizes) {
        int[] ints = new int[sizes.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = Math.toIntExact(sizes[i]);
        }
        return ints;
    }

    /** {@return the number of elements} */
    public int numel() {
        int numel = 1;
        for (int size : shape) {
            numel *= size;
        }
        return numel;
    }

    /** {@return the index in the storage just behind the last element, the offset itself when there is none} */
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

    /** {@return the file that has its elements; null where it is none} */
    public @Nullable Path path() {
        return storage.file().path();
    }

    /** {@return where in the file its first element begins} */
    public long position() {
        return storage.position() + offset * storage.elements().size();
    }

    /** {@return the number of bytes from its first element to the end of its last} */
    public long byteCount() {
        return (end() - offset) * storage.elements().size();
    }

    /**
     * Where in the tensor an element of its storage lies, for messages.
     *
     * @param element the element's index in the storage
     * @return its indices, or null when it is none of the tensor's, or the layout too odd to tell
     */
    int @Nullable [] indicesOf(long element) {
        Integer[] widestFirst = new Integer[shape.length];
        Arrays.setAll(widestFirst, dim -> dim);
        Arrays.sort(widestFirst, Comparator.comparingInt((Integer dim) -> -strides[dim]));
        int[] indices = new int[shape.length];
        long rest = element - offset;
        for (int dim : widestFirst) {
            if (strides[dim] > 0 && rest >= 0) {
                indices[dim] = (int) Math.min(rest / strides[dim], shape[dim] - 1);
                rest -= (long) indices[dim] * strides[dim];
            }
        }
        return rest == 0 && numel() > 0 ? indices : null;
    }
}
