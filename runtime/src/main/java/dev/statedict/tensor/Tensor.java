package dev.statedict.tensor;

import java.util.Arrays;

/**
 * A {@code float} tensor: a {@code float[]}, its <em>storage</em>, seen through an offset, a shape and strides, none of
 * which ever changes. What changes are the elements, also those of every other tensor on the same storage.
 *
 * <pre>{@code
 * Tensor weight = Tensor.zeros(2, 3);          // [out, in]
 * Tensor row = weight.select(0, 1);            // a view
 * row.fill(1);                                 // weight is [[0, 0, 0], [1, 1, 1]]
 * Tensor vector = Tensor.wrap(array, 4);       // shares the array
 * Tensor number = Tensor.scalar(0.5f);         // 0-d: no dimensions, one element
 * }</pre>
 *
 * <p>Names and rules are PyTorch's. As there, a negative dimension or index counts from the end. Sizes, indices and
 * strides are in elements. {@code equals} and {@code hashCode} are those of identity; values are compared by
 * {@link #contentEquals} and {@link #allClose(Tensor)}. A tensor may be read by any number of threads; a write and any
 * other use of the same storage exclude each other, by the caller's lock.
 */
public final class Tensor {

    private final float[] storage;
    private final Layout layout;

    private Tensor(float[] storage, Layout layout) {
        this.storage = storage;
        this.layout = layout;
    }

    /**
     * A new contiguous tensor of zeros.
     *
     * @param shape the size of each dimension; none for a 0-d tensor
     * @return a tensor with a storage of its own
     * @throws IllegalArgumentException if a size is negative, or the sizes multiply to more than an {@code int}
     */
    public static Tensor zeros(int... shape) {
        Layout layout = Layout.contiguous(shape);
        return new Tensor(new float[layout.numel], layout);
    }

    /**
     * A contiguous tensor on the given array, which it shares: a write to either shows in both.
     *
     * @param storage all elements in row-major order
     * @param shape the size of each dimension; none for a 0-d tensor, which has one element
     * @return a tensor whose {@link #storage()} is the very array
     * @throws IllegalArgumentException if the array has another length than the shape asks for, a size is negative, or
     *     the sizes multiply to more than an {@code int}
     */
    public static Tensor wrap(float[] storage, int... shape) {
        return new Tensor(storage, Layout.contiguousOver(storage.length, "wrap", shape));
    }

    /**
     * A new contiguous tensor with the elements of the given array, which it does not share.
     *
     * @param elements all elements in row-major order
     * @param shape the size of each dimension; none for a 0-d tensor, which has one element
     * @return a tensor with a storage of its own
     * @throws IllegalArgumentException as for {@link #wrap}
     */
    public static Tensor copyOf(float[] elements, int... shape) {
        Layout layout = Layout.contiguousOver(elements.length, "copyOf", shape);
        return new Tensor(elements.clone(), layout);
    }

    /**
     * A new 0-d tensor.
     *
     * @param value its one element
     * @return a tensor with a storage of its own
     */
    public static Tensor scalar(float value) {
        return new Tensor(new float[] {value}, Layout.contiguous());
    }

    /**
     * A view of any layout on the given array, which it shares, as {@code torch.as_strided}. The element at
     * {@code [i, j, ...]} is {@code storage[offset + i * strides[0] + j * strides[1] + ...]}.
     *
     * <p>Several indices may lead to one element (by a stride of 0, say); of several writes to it, as by
     * {@link #copyFrom}, the last in row-major order stands.
     *
     * @param storage the array
     * @param offset the index in the array of the first element
     * @param shape the size of each dimension
     * @param strides how far apart in the array neighbours along each dimension lie; zero or more
     * @return a tensor whose {@link #storage()} is the very array
     * @throws IllegalArgumentException if shape and strides differ in length, a size or stride is negative, the sizes
     *     multiply to more than an {@code int}, or an element would lie outside of the array
     */
    public static Tensor strided(float[] storage, int offset, int[] shape, int[] strides) {
        return new Tensor(storage, Layout.strided(offset, shape, strides, storage.length));
    }

    /**
     * The same view of another array, which it shares: the same offset, shape and strides.
     *
     * @param otherStorage the array
     * @return a tensor whose {@link #storage()} is the very array
     * @throws IllegalArgumentException if an element would lie outside of the array
     */
    public Tensor withStorage(float[] otherStorage) {
        layout.checkWithin(otherStorage.length);
        return new Tensor(otherStorage, layout);
    }

    /** {@return a copy of the size of each dimension} */
    public int[] shape() {
        return layout.shape.clone();
    }

    /** {@return the number of dimensions} */
    public int dim() {
        return layout.dim();
    }

    /**
     * The size of one dimension.
     *
     * @param dim the dimension; a negative one counts from the end
     * @return its size
     * @throws IndexOutOfBoundsException if there is no such dimension
     */
    public int size(int dim) {
        return layout.shape[Shape.dimension(dim, layout.shape)];
    }

    /** {@return the number of elements: the product of all sizes, 1 for a 0-d tensor} */
    public int numel() {
        return layout.numel;
    }

    /** {@return a copy of the strides: how far apart in the storage neighbours along each dimension lie} */
    public int[] strides() {
        return layout.strides.clone();
    }

    /**
     * The stride of one dimension: how far apart in the storage neighbours along it lie.
     *
     * @param dim the dimension; a negative one counts from the end
     * @return its stride
     * @throws IndexOutOfBoundsException if there is no such dimension
     */
    public int stride(int dim) {
        return layout.strides[Shape.dimension(dim, layout.shape)];
    }

    /**
     * The array that holds the elements, possibly among others.
     *
     * @return the very array, not a copy: a write to it shows in every tensor on it
     */
    public float[] storage() {
        return storage;
    }

    /** {@return the index in the {@linkplain #storage() storage} of the first element} */
    public int storageOffset() {
        return layout.offset;
    }

    /** {@return whether the elements lie in the storage in row-major order without gaps; true of an empty tensor} */
    public boolean isContiguous() {
        return layout.contiguous;
    }

    /**
     * Compares shapes without a copy of either.
     *
     * @param other any tensor
     * @return whether both have the same size in each dimension
     */
    public boolean hasSameShapeAs(Tensor other) {
        return layout.hasSameShapeAs(other.layout);
    }

    /**
     * Compares where the elements lie. Two tensors of the same layout that
     * {@linkplain #sharesStorageWith share storage} are tied: each is the other under another name.
     *
     * @param other any tensor
     * @return whether both have the same offset, shape and strides
     */
    public boolean hasSameLayoutAs(Tensor other) {
        return layout.isSameAs(other.layout);
    }

    /**
     * Whether both see the same storage, at the same place or not.
     *
     * @param other any tensor
     * @return whether {@link #storage()} is the same array
     */
    public boolean sharesStorageWith(Tensor other) {
        return storage == other.storage;
    }

    /**
     * One element.
     *
     * @param indices one index for each dimension, none for a 0-d tensor; a negative one counts from the end
     * @return its value
     * @throws IllegalArgumentException if there are more or fewer indices than dimensions
     * @throws IndexOutOfBoundsException if an index lies outside of its dimension
     */
    public float get(int... indices) {
        return storage[layout.indexOf(indices)];
    }

    /**
     * Writes one element.
     *
     * @param value the new value
     * @param indices one index for each dimension, none for a 0-d tensor; a negative one counts from the end
     * @throws IllegalArgumentException if there are more or fewer indices than dimensions
     * @throws IndexOutOfBoundsException if an index lies outside of its dimension
     */
    public void set(float value, int... indices) {
        storage[layout.indexOf(indices)] = value;
    }

    /**
     * The value of a tensor of one element, whatever its number of dimensions.
     *
     * @return its value
     * @throws IllegalStateException if there is not exactly one element
     */
    public float item() {
        if (layout.numel != 1) {
            throw new IllegalStateException("shape " + Arrays.toString(layout.shape) + " has " + layout.numel
                    + " elements, not one; name the element with get");
        }
        return storage[layout.offset];
    }

    /**
     * Writes one value to all elements.
     *
     * @param value the new value
     */
    public void fill(float value) {
        Elements.fill(storage, layout, value);
    }

    /**
     * Writes the elements of a tensor of the same shape to this one's, in place. Where the two overlap in one storage,
     * the source counts as it was before the first write.
     *
     * @param source where to read; nothing is broadcast
     * @throws IllegalArgumentException if the shapes differ
     */
    public void copyFrom(Tensor source) {
        if (!hasSameShapeAs(source)) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(layout.shape)
                    + " cannot take the values of one of shape " + Arrays.toString(source.layout.shape)
                    + "; the shapes must be equal");
        }
        // one arraycopy is right for any overlap
        boolean plain = layout.contiguous && source.layout.contiguous;
        Tensor stable = plain ? source : source.unaffectedBy(this);
        Elements.copy(stable.storage, stable.layout, storage, layout);
    }

    /** {@return a new array of all elements in row-major order} */
    public float[] toArray() {
        float[] elements = new float[layout.numel];
        Elements.copy(storage, layout, elements, Layout.contiguous(layout.shape));
        return elements;
    }

    /**
     * The part at one index of one dimension, as {@code torch.select}: of a matrix, {@code select(0, i)} is row
     * {@code i} and {@code select(1, j)} column {@code j}.
     *
     * @param dim the dimension, which the view lacks; a negative one counts from the end
     * @param index the index along it; a negative one counts from the end
     * @return a view that shares this storage
     * @throws IndexOutOfBoundsException if there is no such dimension or index
     */
    public Tensor select(int dim, int index) {
        return new Tensor(storage, layout.select(dim, index));
    }

    /**
     * A range of one dimension, as {@code torch.narrow}.
     *
     * @param dim the dimension; a negative one counts from the end
     * @param start the first index along it; a negative one counts from the end
     * @param length how many, possibly 0
     * @return a view that shares this storage, of the same number of dimensions
     * @throws IndexOutOfBoundsException if there is no such dimension or range
     */
    public Tensor narrow(int dim, int start, int length) {
        return new Tensor(storage, layout.narrow(dim, start, length));
    }

    /**
     * Two dimensions swapped, as {@code torch.transpose}.
     *
     * @param a a dimension; a negative one counts from the end
     * @param b the other; may be the same
     * @return a view that shares this storage
     * @throws IndexOutOfBoundsException if there is no such dimension
     */
    public Tensor transpose(int a, int b) {
        return new Tensor(storage, layout.transpose(a, b));
    }

    /**
     * The same elements in the same row-major order under another shape. Always a view, as {@code Tensor.view} in
     * PyTorch, whose {@code reshape} copies where it must; here one asks for the copy.
     *
     * @param shape the size of each dimension, none for 0-d; one of them may be -1, to be inferred
     * @return a view that shares this storage
     * @throws IllegalArgumentException if the shape has another number of elements, or if no strides lead through
     *     these elements in order, as through a transposed matrix: then {@code contiguous().reshape(...)} does
     */
    public Tensor reshape(int... shape) {
        return new Tensor(storage, layout.reshape(shape));
    }

    /** {@return this tensor itself if it is contiguous, else a {@linkplain #copy() copy}} */
    public Tensor contiguous() {
        return layout.contiguous ? this : copy();
    }

    /** {@return a new contiguous tensor with the same values, which shares nothing with this one} */
    public Tensor copy() {
        return new Tensor(toArray(), Layout.contiguous(layout.shape));
    }

    /**
     * Whether shapes and values are the same, values in the sense of {@link Arrays#equals(float[], float[])}: NaN is
     * the same as NaN, and 0.0 is not the same as -0.0. So a tensor always has the content of its copy
     * ({@code torch.equal} differs in both).
     *
     * @param other any tensor
     * @return whether it has the same content
     */
    public boolean contentEquals(Tensor other) {
        return hasSameShapeAs(other) && Elements.equal(storage, layout, other.storage, other.layout);
    }

    /**
     * {@link #allClose(Tensor, double, double)} with PyTorch's tolerances, 1e-5 (relative) and 1e-8 (absolute).
     *
     * @param other any tensor
     * @return whether it has the same shape and close values
     */
    public boolean allClose(Tensor other) {
        return allClose(other, 1e-5, 1e-8);
    }

    /**
     * Whether shapes are the same and all values close, as {@code torch.allclose}:
     * {@code |this - other| <= atol + rtol * |other|}. An infinity is close to itself alone, NaN to nothing. Shapes are
     * not broadcast.
     *
     * @param other any tensor
     * @param rtol the tolerance relative to the other's value
     * @param atol the absolute tolerance
     * @return whether it has the same shape and close values
     * @throws IllegalArgumentException if a tolerance is negative or NaN
     */
    public boolean allClose(Tensor other, double rtol, double atol) {
        if (!(rtol >= 0 && atol >= 0)) {
            throw new IllegalArgumentException(
                    "tolerances must be zero or more, not rtol " + rtol + " and atol " + atol);
        }
        return hasSameShapeAs(other)
                && Elements.close(storage, layout, other.storage, other.layout, (float) rtol, (float) atol);
    }

    /**
     * This tensor as PyTorch prints it, to the letter: {@code tensor([[-0.2181,  0.4883],} and so on, with four digits
     * behind the point, and only the ends of each dimension beyond 1,000 elements.
     *
     * @return one or more lines
     */
    @Override
    public String toString() {
        return TensorFormat.format(this);
    }

    /** The layout, for the arithmetic of this package. */
    Layout layout() {
        return layout;
    }

    /** Whether the two might have an element in common, judged by where in the storage they begin and end. */
    boolean mayOverlap(Tensor other) {
        return sharesStorageWith(other) && layout.mayOverlap(other.layout);
    }

    /** This tensor, or a copy if writes to elements of the target might change others of this one. */
    Tensor unaffectedBy(Tensor target) {
        return mayOverlap(target) && !hasSameLayoutAs(target) ? copy() : this;
    }
}
