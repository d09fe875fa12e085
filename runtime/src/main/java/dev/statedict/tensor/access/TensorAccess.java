package dev.statedict.tensor.access;

import dev.statedict.codec.CodedTensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The door through which the library's rooms reach what tensors lie on. It knows nothing of the class {@code Tensor}, which
 * opens it and gives its own type for {@code T}: so this package, which no user sees, depends on none, and that class has
 * no public method for it. A room writes
 *
 * <pre>{@code
 * private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));
 * }</pre>
 *
 * <p>An <em>array</em> here is a {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]} or {@code boolean[]}; a
 * tensor on rows lies on several, any other on one.
 *
 * @param <T> the class of tensors
 */
public abstract class TensorAccess<T> {
    /** There is one, and it is set once, when the class of tensors is initialized. */
    private static volatile @Nullable TensorAccess<?> opened;

    /** For the class of tensors alone. */
    protected TensorAccess() {}

    /**
     * Opens the door, once.
     *
     * @param access what the class of tensors has to offer
     */
    public static void open(TensorAccess<?> access) {
        if (opened != null) {
            throw new IllegalStateException("the door is open already");
        }
        opened = access;
    }

    /**
     * The way to tensors.
     *
     * @param any any tensor; that there is one shows that its class has opened the door
     * @param <T> the class of tensors
     * @return the one access
     */
    // what was opened is for the class of tensors, and there is one
    @SuppressWarnings("unchecked")
    public static <T> TensorAccess<T> to(T any) {
        TensorAccess<T> access = (TensorAccess<T>) Objects.requireNonNull(opened);
        access.arrayCount(any);
        return access;
    }

    /**
     * How many arrays a tensor lies on, each counted as often as it stands there.
     *
     * @param tensor any tensor
     * @return 1 but for a tensor on rows
     */
    public abstract int arrayCount(T tensor);

    /**
     * One of the arrays that a tensor lies on: a storage by itself, by its identity.
     *
     * @param tensor any tensor
     * @param index which; 0 is that of the first element
     * @return the very array
     */
    public abstract Object array(T tensor, int index);

    /**
     * The array of which a tensor is all elements in order, as a member that is an array may adopt it.
     *
     * @param tensor any tensor
     * @return the very array; null where the tensor is a part of one, or in another order, or on rows
     */
    public abstract @Nullable Object wholeArray(T tensor);

    /**
     * The array of arrays of which a tensor is all elements in order, as deep as it has dimensions.
     *
     * @param tensor any tensor
     * @return new outer arrays, say a {@code double[][]}, on the very rows; null where the tensor is no such, or flat
     */
    public abstract Object @Nullable [] wholeRows(T tensor);

    /**
     * Whether a tensor is what {@link #wrap} would make of an array of arrays: all of its rows in order, under its shape. That is
     * told at a twentieth of the cost, for no row is looked into.
     *
     * @param tensor any tensor
     * @param array the array of arrays
     * @return whether it lies on the very rows that stand there now
     */
    public abstract boolean isAllOf(T tensor, Object[] array);

    /**
     * Whether two tensors are tied: the same elements of the same arrays in the same order and shape.
     *
     * @param one any tensor
     * @param other any tensor
     * @return whether each is the other under another name
     */
    public abstract boolean areTied(T one, T other);

    /**
     * Whether two tensors might have an element in common, judged by where they begin and end.
     *
     * @param one any tensor
     * @param other any tensor
     * @return false only where they have none
     */
    public abstract boolean mayOverlap(T one, T other);

    /**
     * Whether a tensor might lead to an element twice, by a stride of 0, strides shorter than a dimension, or a row that stands
     * there twice.
     *
     * @param tensor any tensor
     * @return false only where each of its elements is another
     */
    public abstract boolean mayOverlapItself(T tensor);

    /**
     * The tensor on all of an array, or of an array of arrays of any depth.
     *
     * @param array the array, which the tensor shares
     * @return a tensor of one dimension on an array, of as many as it is deep on an array of arrays
     * @throws IllegalArgumentException if an array of arrays is not rectangular, or it is none of the five types
     */
    public abstract T wrap(Object array);

    /**
     * Whether the tensor on an array, or on an array of arrays, has no element.
     *
     * @param array the array
     * @return whether two such cannot be told apart by what they hold
     * @throws IllegalArgumentException as {@link #wrap}
     */
    public abstract boolean isEmpty(Object array);

    /**
     * A view of any layout on an array, as {@code torch.as_strided}.
     *
     * @param array the array, which the tensor shares
     * @param offset the index in it of the first element
     * @param shape the size of each dimension
     * @param strides how far apart in the array neighbours along each dimension lie; zero or more
     * @return a tensor of the array's element type
     * @throws IllegalArgumentException if an element would lie outside of the array, or it is none of the five types
     */
    public abstract T strided(Object array, int offset, int[] shape, int[] strides);

    /**
     * Copies of tensors, which share nothing with these and among themselves what these shared: one copy of each array, of
     * the part that they cover, as {@code copy.deepcopy} of a PyTorch state dict keeps ties. What lies on rows is again on
     * rows.
     *
     * @param tensors any tensors
     * @return as many, in the same order
     */
    public abstract T[] copies(T[] tensors);

    /**
     * A tensor as the arrays that it lies on and a way through them, for bytes that keep both.
     *
     * @param tensor any tensor
     * @return its very arrays, not copied
     */
    public abstract CodedTensor coded(T tensor);

    /**
     * The tensor that lies so on arrays.
     *
     * @param coded with arrays of its type, of one length where they are rows; the tensor shares them
     * @return a tensor of which {@link #coded} says the same
     * @throws IllegalArgumentException if an element would lie outside of the arrays
     */
    public abstract T decoded(CodedTensor coded);

    /**
     * Writes the values of a tensor to one of another element type.
     *
     * @param source any tensor
     * @param target contiguous on one array, of as many elements
     * @param rounding whether a floating-point type may take the nearest value that it has; never an infinity for a number
     * @return how many were written: where it is less than all, the place, in row-major order, of the first that does not
     *     fit
     */
    public abstract int convert(T source, T target, boolean rounding);

    /**
     * Writes all elements of an array to another of the same type and length, in several threads where they are many.
     *
     * @param source where to read
     * @param target where to write
     */
    public abstract void copyArray(Object source, Object target);

    /**
     * The writing of a tensor's values to another, with all the memory it takes there already: where it has begun, nothing
     * can fail. The two have no element in common, and the target has none twice.
     *
     * @param source where to read, of the same shape and element type
     * @param target where to write
     * @return to be run once; null where {@code copyFrom} itself takes no memory
     */
    public abstract @Nullable Runnable preparedCopy(T source, T target);

    /**
     * One element as Java writes it.
     *
     * @param tensor any tensor
     * @param place its place in row-major order
     * @return for example {@code 0.1}
     */
    public abstract String text(T tensor, int place);

    /**
     * Walks elements in row-major order by runs that lie side by side in an array, without a copy of more than a block.
     *
     * @param tensor any tensor
     * @param first the place in row-major order of the first
     * @param count how many
     * @param run takes each run
     * @param <X> what it may throw
     * @throws X if it does
     */
    public abstract <X extends Exception> void forEachRun(T tensor, int first, int count, Run<X> run) throws X;

    /**
     * Takes elements that lie side by side in an array.
     *
     * @param <X> what it may throw
     */
    public interface Run<X extends Exception> {
        /**
         * The next elements.
         *
         * @param array a {@code float[]} and so on, not to be written
         * @param at the index of the first
         * @param count how many
         * @throws X if it cannot take them
         */
        void accept(Object array, int at, int count) throws X;
    }
}
