package dev.statedict.tensor;

import dev.statedict.tensor.access.TensorAccess;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A tensor: a Java array, its <em>storage</em>, seen through an offset, a shape and strides, none of which ever changes.
 * What changes are the elements, also those of every other tensor on the same storage. The array is a {@code float[]},
 * {@code double[]}, {@code int[]}, {@code long[]} or {@code boolean[]}, which is what the tensor's
 * {@linkplain #elementType() element type} says, or an array of arrays of one of these (<em>rows</em>).
 *
 * {@snippet class="com.example.Tensors" region="tensor"}
 *
 * <p>A tensor on rows lies on the innermost arrays, as they were at the call: what is written to their elements shows, a
 * row that is put into the outer array later does not. Each row is a storage by itself. Offset and strides count elements
 * through all rows, as if they were one array; a view within one row is a tensor on that array alone.
 *
 * <p>Names and rules are PyTorch's. As there, a negative dimension or index counts from the end. Sizes, indices and
 * strides are in elements. {@code equals} and {@code hashCode} are those of identity; values are compared by
 * {@link #contentEquals} and {@link #allClose(Tensor)}. Elements are read as whatever number holds them exactly; where the
 * one that is asked for does not, an {@link ArithmeticException} says so. A tensor may be read by any number of threads; a
 * write and any other use of the same storage exclude each other, by the caller's lock.
 *
 * <p>Serialized, a tensor is the elements that it leads to, and arrives on fresh arrays, on rows again where it lay on rows.
 * Tensors that share storage share none when each is an object of the stream; those of one {@code StateDict} do.
 */
public final class Tensor implements Serializable {
    private static final long serialVersionUID = 1;

    static {
        TensorAccess.open(new TensorDoor());
    }

    // what is written stands in their place: see writeReplace
    private final transient ElementType type;
    /** An array of elements of the type, or the {@link RowArrays} of several. */
    private final transient Object storage;

    private final transient Layout layout;

    private Tensor(ElementType type, Object storage, Layout layout) {
        this.type = type;
        this.storage = storage;
        this.layout = layout;
    }

    /**
     * A new contiguous F32 tensor of zeros.
     *
     * @param shape the size of each dimension; none for a 0-d tensor
     * @return a tensor with a storage of its own
     * @throws IllegalArgumentException if a size is negative, or the sizes multiply to more than an {@code int}
     */
    public static Tensor zeros(int... shape) {
        return zeros(ElementType.F32, shape);
    }

    /**
     * A new contiguous tensor of zeros, of type BOOL of false.
     *
     * @param type the type of its elements
     * @param shape the size of each dimension; none for a 0-d tensor
     * @return a tensor with a storage of its own
     * @throws IllegalArgumentException if a size is negative, or the sizes multiply to more than an {@code int}
     */
    public static Tensor zeros(ElementType type, int... shape) {
        Layout layout = Layout.contiguous(shape);
        return new Tensor(type, type.elements.newArray(layout.numel), layout);
    }

    /**
     * A contiguous F32 tensor on the given array, which it shares: a write to either shows in both.
     *
     * @param storage all elements in row-major order
     * @param shape the size of each dimension; none for a 0-d tensor, which has one element
     * @return a tensor whose {@link #storage()} is the very array
     * @throws IllegalArgumentException if the array has another length than the shape asks for, a size is negative, or
     *     the sizes multiply to more than an {@code int}
     */
    public static Tensor wrap(float[] storage, int... shape) {
        return new Tensor(ElementType.F32, storage, Layout.contiguousOver(storage.length, "wrap", shape));
    }

    /**
     * A contiguous F64 tensor on the given array, which it shares, as {@link #wrap(float[], int...)}.
     *
     * @param storage all elements in row-major order
     * @param shape the size of each dimension
     * @return a tensor on the very array
     */
    public static Tensor wrap(double[] storage, int... shape) {
        return new Tensor(ElementType.F64, storage, Layout.contiguousOver(storage.length, "wrap", shape));
    }

    /**
     * A contiguous I32 tensor on the given array, which it shares, as {@link #wrap(float[], int...)}.
     *
     * @param storage all elements in row-major order
     * @param shape the size of each dimension
     * @return a tensor on the very array
     */
    public static Tensor wrap(int[] storage, int... shape) {
        return new Tensor(ElementType.I32, storage, Layout.contiguousOver(storage.length, "wrap", shape));
    }

    /**
     * A contiguous I64 tensor on the given array, which it shares, as {@link #wrap(float[], int...)}.
     *
     * @param storage all elements in row-major order
     * @param shape the size of each dimension
     * @return a tensor on the very array
     */
    public static Tensor wrap(long[] storage, int... shape) {
        return new Tensor(ElementType.I64, storage, Layout.contiguousOver(storage.length, "wrap", shape));
    }

    /**
     * A contiguous BOOL tensor on the given array, which it shares, as {@link #wrap(float[], int...)}.
     *
     * @param storage all elements in row-major order
     * @param shape the size of each dimension
     * @return a tensor on the very array
     */
    public static Tensor wrap(boolean[] storage, int... shape) {
        return new Tensor(ElementType.BOOL, storage, Layout.contiguousOver(storage.length, "wrap", shape));
    }

    /**
     * A contiguous F32 tensor on the rows of a matrix, which it shares: a write to an element of either shows in both.
     *
     * @param rows arrays of one length, the first dimension
     * @return a tensor of shape {@code [rows.length, length]}; {@code [0, 0]} when there are none
     * @throws IllegalArgumentException if a row is null or has another length than the first
     */
    public static Tensor wrap(float[][] rows) {
        return wrapRows(rows);
    }

    /**
     * A contiguous F64 tensor on the rows of a matrix, which it shares, as {@link #wrap(float[][])}.
     *
     * @param rows arrays of one length, the first dimension
     * @return a tensor of shape {@code [rows.length, length]}
     */
    public static Tensor wrap(double[][] rows) {
        return wrapRows(rows);
    }

    /**
     * A contiguous I32 tensor on the rows of a matrix, which it shares, as {@link #wrap(float[][])}.
     *
     * @param rows arrays of one length, the first dimension
     * @return a tensor of shape {@code [rows.length, length]}
     */
    public static Tensor wrap(int[][] rows) {
        return wrapRows(rows);
    }

    /**
     * A contiguous I64 tensor on the rows of a matrix, which it shares, as {@link #wrap(float[][])}.
     *
     * @param rows arrays of one length, the first dimension
     * @return a tensor of shape {@code [rows.length, length]}
     */
    public static Tensor wrap(long[][] rows) {
        return wrapRows(rows);
    }

    /**
     * A contiguous BOOL tensor on the rows of a matrix, which it shares, as {@link #wrap(float[][])}.
     *
     * @param rows arrays of one length, the first dimension
     * @return a tensor of shape {@code [rows.length, length]}
     */
    public static Tensor wrap(boolean[][] rows) {
        return wrapRows(rows);
    }

    /**
     * A contiguous tensor on the innermost arrays of an array of arrays of any depth, say a {@code double[][][]}, which it
     * shares. The outer arrays are not followed: a row that is replaced in them later is no row of the tensor.
     *
     * @param rows an array of arrays of {@code float}, {@code double}, {@code int}, {@code long} or {@code boolean}, those
     *     of each depth of one length
     * @return a tensor of as many dimensions; where there is no array from which to tell a size, it is 0
     * @throws IllegalArgumentException if the innermost arrays are of another type, an array is null or has another length
     *     than the others, or there are more elements than an {@code int} counts
     */
    public static Tensor wrapRows(Object[] rows) {
        RowArrays.Nested nested = RowArrays.Nested.of(rows);
        return new Tensor(nested.type(), nested.storage(), Layout.contiguous(nested.shape()));
    }

    /**
     * A new contiguous F32 tensor with the elements of the given array, which it does not share.
     *
     * @param elements all elements in row-major order
     * @param shape the size of each dimension; none for a 0-d tensor, which has one element
     * @return a tensor with a storage of its own
     * @throws IllegalArgumentException as for {@link #wrap(float[], int...)}
     */
    public static Tensor copyOf(float[] elements, int... shape) {
        Layout layout = Layout.contiguousOver(elements.length, "copyOf", shape);
        return new Tensor(ElementType.F32, elements.clone(), layout);
    }

    /**
     * A new contiguous F64 tensor with these elements, as {@link #copyOf(float[], int...)}.
     *
     * @param elements all elements in row-major order
     * @param shape the size of each dimension
     * @return a tensor with a storage of its own
     */
    public static Tensor copyOf(double[] elements, int... shape) {
        Layout layout = Layout.contiguousOver(elements.length, "copyOf", shape);
        return new Tensor(ElementType.F64, elements.clone(), layout);
    }

    /**
     * A new contiguous I32 tensor with these elements, as {@link #copyOf(float[], int...)}.
     *
     * @param elements all elements in row-major order
     * @param shape the size of each dimension
     * @return a tensor with a storage of its own
     */
    public static Tensor copyOf(int[] elements, int... shape) {
        Layout layout = Layout.contiguousOver(elements.length, "copyOf", shape);
        return new Tensor(ElementType.I32, elements.clone(), layout);
    }

    /**
     * A new contiguous I64 tensor with these elements, as {@link #copyOf(float[], int...)}.
     *
     * @param elements all elements in row-major order
     * @param shape the size of each dimension
     * @return a tensor with a storage of its own
     */
    public static Tensor copyOf(long[] elements, int... shape) {
        Layout layout = Layout.contiguousOver(elements.length, "copyOf", shape);
        return new Tensor(ElementType.I64, elements.clone(), layout);
    }

    /**
     * A new contiguous BOOL tensor with these elements, as {@link #copyOf(float[], int...)}.
     *
     * @param elements all elements in row-major order
     * @param shape the size of each dimension
     * @return a tensor with a storage of its own
     */
    public static Tensor copyOf(boolean[] elements, int... shape) {
        Layout layout = Layout.contiguousOver(elements.length, "copyOf", shape);
        return new Tensor(ElementType.BOOL, elements.clone(), layout);
    }

    /**
     * A new 0-d F32 tensor, also for an {@code int} or {@code long} that is written without a cast; see {@link #scalarLong}.
     *
     * @param value its one element
     * @return a tensor with a storage of its own
     */
    public static Tensor scalar(float value) {
        return new Tensor(ElementType.F32, new float[] {value}, Layout.contiguous());
    }

    /**
     * A new 0-d F64 tensor.
     *
     * @param value its one element
     * @return a tensor with a storage of its own
     */
    public static Tensor scalar(double value) {
        return new Tensor(ElementType.F64, new double[] {value}, Layout.contiguous());
    }

    /**
     * A new 0-d I32 tensor.
     *
     * @param value its one element
     * @return a tensor with a storage of its own
     */
    public static Tensor scalarInt(int value) {
        return new Tensor(ElementType.I32, new int[] {value}, Layout.contiguous());
    }

    /**
     * A new 0-d I64 tensor.
     *
     * @param value its one element
     * @return a tensor with a storage of its own
     */
    public static Tensor scalarLong(long value) {
        return new Tensor(ElementType.I64, new long[] {value}, Layout.contiguous());
    }

    /**
     * A new 0-d BOOL tensor.
     *
     * @param value its one element
     * @return a tensor with a storage of its own
     */
    public static Tensor scalar(boolean value) {
        return new Tensor(ElementType.BOOL, new boolean[] {value}, Layout.contiguous());
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
        return new Tensor(ElementType.F32, storage, Layout.strided(offset, shape, strides, storage.length));
    }

    /** {@return what the elements are} */
    public ElementType elementType() {
        return type;
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
     * The one {@code float[]} that holds the elements of an F32 tensor, possibly among others.
     *
     * @return the very array, not a copy: a write to it shows in every tensor on it
     * @throws UnsupportedOperationException if the tensor is of another type, or lies on rows
     */
    public float[] storage() {
        if (storage instanceof float[] floats) {
            return floats;
        }
        throw new UnsupportedOperationException(
                storage instanceof RowArrays rows && type == ElementType.F32
                        ? "the tensor lies on " + rows.rows.length
                                + " rows, not on one float[]; select a row, or copy() it"
                        : "a tensor of " + type + " does not lie on a float[]; " + type.getter + " and "
                                + type.arrayGetter + " read it, set and copyFrom write it");
    }

    /** {@return the index in the storage of the first element, on rows counted through all of them} */
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

    /** Whether both have the same offset, shape and strides. */
    boolean hasSameLayoutAs(Tensor other) {
        return layout.isSameAs(other.layout);
    }

    /**
     * Whether both lie on the same array, at the same place of it or not. Tensors on rows share storage where they have a
     * row in common.
     *
     * @param other any tensor
     * @return whether an array is storage of both
     */
    public boolean sharesStorageWith(Tensor other) {
        return Sharing.share(this, other);
    }

    /**
     * One element as a {@code float}.
     *
     * @param indices one index for each dimension, none for a 0-d tensor; a negative one counts from the end
     * @return its value; of a BOOL tensor 0 or 1
     * @throws IllegalArgumentException if there are more or fewer indices than dimensions
     * @throws IndexOutOfBoundsException if an index lies outside of its dimension
     * @throws ArithmeticException if no {@code float} has that value; it names the method that gives it
     */
    public float get(int... indices) {
        return storage instanceof float[] floats
                ? floats[layout.indexOf(indices)]
                : Conversion.element(this, indices, ElementType.F32, new float[1])[0];
    }

    /**
     * One element as a {@code double}.
     *
     * @param indices as for {@link #get}
     * @return its value; of a BOOL tensor 0 or 1
     * @throws IllegalArgumentException if there are more or fewer indices than dimensions
     * @throws IndexOutOfBoundsException if an index lies outside of its dimension
     * @throws ArithmeticException if it is a {@code long} that no {@code double} has for its value
     */
    public double getDouble(int... indices) {
        return storage instanceof double[] doubles
                ? doubles[layout.indexOf(indices)]
                : Conversion.element(this, indices, ElementType.F64, new double[1])[0];
    }

    /**
     * One element as a {@code long}.
     *
     * @param indices as for {@link #get}
     * @return its value; of a BOOL tensor 0 or 1
     * @throws IllegalArgumentException if there are more or fewer indices than dimensions
     * @throws IndexOutOfBoundsException if an index lies outside of its dimension
     * @throws ArithmeticException if it is no whole number, or beyond a {@code long}; it names the method that gives it
     */
    public long getLong(int... indices) {
        return storage instanceof long[] longs
                ? longs[layout.indexOf(indices)]
                : Conversion.element(this, indices, ElementType.I64, new long[1])[0];
    }

    /**
     * The value of a tensor of one element, whatever its number of dimensions, as a {@code float}.
     *
     * @return its value; of a BOOL tensor 0 or 1
     * @throws IllegalStateException if there is not exactly one element
     * @throws ArithmeticException if no {@code float} has that value; it names the method that gives it
     */
    public float item() {
        if (layout.numel != 1) {
            throw new IllegalStateException("shape " + Arrays.toString(layout.shape) + " has " + layout.numel
                    + " elements, not one; name the element with get");
        }
        return get(new int[layout.dim()]);
    }

    /**
     * Writes one element.
     *
     * @param value the new value; {@code false} and {@code true} are 0 and 1
     * @param indices one index for each dimension, none for a 0-d tensor; a negative one counts from the end
     * @throws IllegalArgumentException if there are more or fewer indices than dimensions, or if elements of this type do
     *     not have that value
     * @throws IndexOutOfBoundsException if an index lies outside of its dimension
     */
    public void set(float value, int... indices) {
        if (storage instanceof float[] floats) {
            floats[layout.indexOf(indices)] = value;
        } else {
            set((double) value, indices);
        }
    }

    /**
     * Writes one element, of an F32 tensor the nearest {@code float}, as {@code fill_} does in PyTorch.
     *
     * @param value the new value; {@code false} and {@code true} are 0 and 1
     * @param indices as for {@link #set(float, int...)}
     * @throws IllegalArgumentException as for {@link #set(float, int...)}
     * @throws IndexOutOfBoundsException if an index lies outside of its dimension
     */
    public void set(double value, int... indices) {
        fill(layout.indexOf(indices), Conversion.to(type, value));
    }

    /**
     * Writes one element, exactly.
     *
     * @param value the new value; {@code false} and {@code true} are 0 and 1
     * @param indices as for {@link #set(float, int...)}
     * @throws IllegalArgumentException as for {@link #set(float, int...)}
     * @throws IndexOutOfBoundsException if an index lies outside of its dimension
     */
    public void setLong(long value, int... indices) {
        fill(layout.indexOf(indices), Conversion.to(type, value));
    }

    private void fill(int index, Object value) {
        ElementLoops.fill(type.elements, storage, Layout.contiguous().from(index), value);
    }

    /**
     * Writes one value to all elements.
     *
     * @param value the new value
     * @throws IllegalArgumentException if elements of this type do not have that value
     */
    public void fill(float value) {
        fill((double) value);
    }

    /**
     * Writes one value to all elements, of an F32 tensor the nearest {@code float}, as {@code fill_} does in PyTorch.
     *
     * @param value the new value
     * @throws IllegalArgumentException if elements of this type do not have that value
     */
    public void fill(double value) {
        ElementLoops.fill(type.elements, storage, layout, Conversion.to(type, value));
    }

    /**
     * Writes one value to all elements, exactly.
     *
     * @param value the new value
     * @throws IllegalArgumentException if elements of this type do not have that value
     */
    public void fillLong(long value) {
        ElementLoops.fill(type.elements, storage, layout, Conversion.to(type, value));
    }

    /**
     * Writes the elements of a tensor of the same shape and element type to this one's, in place. Where the two overlap in
     * one storage, the source counts as it was before the first write.
     *
     * @param source where to read; nothing is broadcast or converted
     * @throws IllegalArgumentException if the shapes or the element types differ
     */
    public void copyFrom(Tensor source) {
        TensorCopy.copy(source, this);
    }

    /**
     * The same values as elements of another type.
     *
     * @param target the type
     * @return this tensor itself if it is of that type, else a new contiguous one, which shares nothing with it
     * @throws ArithmeticException if a value is not one of that type; it names index and value. A NaN is one of F32 and
     *     F64, and -0.0 is 0
     */
    public Tensor to(ElementType target) {
        if (type == target) {
            return this;
        }
        return Conversion.copy(this, target, "keep " + type + ", or round first");
    }

    /**
     * All elements in row-major order.
     *
     * @return a new array; of a BOOL tensor 0 and 1
     * @throws ArithmeticException if no {@code float} has the value of an element; it names the method that is exact
     */
    public float[] toArray() {
        return Conversion.array(this, ElementType.F32, new float[layout.numel]);
    }

    /**
     * All elements in row-major order.
     *
     * @return a new array; of a BOOL tensor 0 and 1
     * @throws ArithmeticException if no {@code double} has the value of an element; it names the method that is exact
     */
    public double[] toDoubleArray() {
        return Conversion.array(this, ElementType.F64, new double[layout.numel]);
    }

    /**
     * All elements in row-major order.
     *
     * @return a new array; of a BOOL tensor 0 and 1
     * @throws ArithmeticException if no {@code int} has the value of an element; it names the method that is exact
     */
    public int[] toIntArray() {
        return Conversion.array(this, ElementType.I32, new int[layout.numel]);
    }

    /**
     * All elements in row-major order.
     *
     * @return a new array; of a BOOL tensor 0 and 1
     * @throws ArithmeticException if no {@code long} has the value of an element; it names the method that is exact
     */
    public long[] toLongArray() {
        return Conversion.array(this, ElementType.I64, new long[layout.numel]);
    }

    /**
     * All elements in row-major order, 0 as false and 1 as true.
     *
     * @return a new array
     * @throws ArithmeticException if an element is neither; it names the method that is exact
     */
    public boolean[] toBooleanArray() {
        return Conversion.array(this, ElementType.BOOL, new boolean[layout.numel]);
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
        return view(layout.select(dim, index));
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
        return view(layout.narrow(dim, start, length));
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
        return view(layout.transpose(a, b));
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
        return view(layout.reshape(shape));
    }

    private Tensor view(Layout view) {
        if (!(storage instanceof RowArrays rows) || view.numel == 0) {
            return new Tensor(type, storage, view);
        }
        int first = view.offset / rows.rowLength;
        int last = (view.end() - 1) / rows.rowLength;
        Object within = first == last ? rows.rows[first] : rows.from(first, last);
        return new Tensor(type, within, first == 0 ? view : view.from(view.offset - first * rows.rowLength));
    }

    /** {@return this tensor itself if it is contiguous, else a {@linkplain #copy() copy}} */
    public Tensor contiguous() {
        return layout.contiguous ? this : copy();
    }

    /** {@return a new contiguous tensor on one array with the same values, which shares nothing with this one} */
    public Tensor copy() {
        return Conversion.copy(this, type, "");
    }

    /**
     * Whether element types, shapes and values are the same, values in the sense of
     * {@link Arrays#equals(float[], float[])}: NaN is the same as NaN, and 0.0 is not the same as -0.0. So a tensor always
     * has the content of its copy ({@code torch.equal} differs in both).
     *
     * @param other any tensor
     * @return whether it has the same content
     */
    public boolean contentEquals(Tensor other) {
        return type == other.type
                && hasSameShapeAs(other)
                && ElementLoops.equal(type.elements, storage, layout, other.storage, other.layout);
    }

    /**
     * {@link #allClose(Tensor, double, double)} with PyTorch's tolerances, 1e-5 (relative) and 1e-8 (absolute).
     *
     * @param other any tensor
     * @return whether it has the same shape and close values
     * @throws IllegalArgumentException if the element types differ
     */
    public boolean allClose(Tensor other) {
        return allClose(other, 1e-5, 1e-8);
    }

    /**
     * Whether shapes are the same and all values close, as {@code torch.allclose}:
     * {@code |this - other| <= atol + rtol * |other|}. An infinity is close to itself alone, NaN to nothing. Shapes are
     * not broadcast. Of F64 tensors it is computed in {@code double}, of all others in {@code float}, as there.
     *
     * @param other any tensor
     * @param rtol the tolerance relative to the other's value
     * @param atol the absolute tolerance
     * @return whether it has the same shape and close values
     * @throws IllegalArgumentException if a tolerance is negative or NaN, or the element types differ
     */
    public boolean allClose(Tensor other, double rtol, double atol) {
        if (!(rtol >= 0 && atol >= 0)) {
            throw new IllegalArgumentException(
                    "tolerances must be zero or more, not rtol " + rtol + " and atol " + atol);
        }
        if (type != other.type) {
            throw new IllegalArgumentException("a tensor of " + type + " is not compared with one of " + other.type
                    + "; convert one by to(ElementType." + type + ")");
        }
        return hasSameShapeAs(other)
                && ElementLoops.close(type.elements, storage, layout, other.storage, other.layout, rtol, atol);
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

    /** The array, or the {@link RowArrays}, on which the tensor lies. */
    Object storageOrRows() {
        return storage;
    }

    /** A tensor of this type elsewhere. */
    Tensor withStorage(Object otherStorage, Layout otherLayout) {
        return new Tensor(type, otherStorage, otherLayout);
    }

    static Tensor strided(ElementType type, Object storage, Layout layout) {
        return new Tensor(type, storage, layout);
    }

    /** The layout, for the arithmetic of this package. */
    Layout layout() {
        return layout;
    }

    /** Whether the elements lie on several arrays, not on one. */
    boolean isOnRows() {
        return storage instanceof RowArrays;
    }

    private Object writeReplace() {
        return new SerializedTensor(this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a tensor arrives as bytes, in its place");
    }
}
