package dev.statedict.tensor;

import java.util.Arrays;

/**
 * Arithmetic on tensors: what it takes to train a linear classifier by hand, under PyTorch's names.
 *
 * {@snippet class="com.example.Tensors" region="math"}
 *
 * <p>Arguments may be any views; none is copied, except where an in-place operation reads what it overwrites at another
 * place, and of tensors on rows. All are of type F32. A method that returns a tensor returns a new contiguous one; its twin with an {@code out} writes there, into a
 * tensor of the result's shape, and allocates at most a block of scratch space, 210 KB for a large matrix product.
 */
public final class TensorMath {

    private TensorMath() {}

    /**
     * The matrix product, as {@code torch.matmul} of two matrices. A JVM that was started with {@code --add-modules
     * jdk.incubator.vector}, on a processor with vectors of 256 bits, computes it by the JDK's Vector API, to the same
     * bits: {@code [200000, 64]} by {@code [64, 10]} in half the time.
     *
     * @param a {@code [n, m]}
     * @param b {@code [m, p]}
     * @return a new tensor, {@code [n, p]}
     * @throws IllegalArgumentException if the shapes are not such
     */
    public static Tensor matmul(Tensor a, Tensor b) {
        requireFactors(a, b);
        Tensor out = Tensor.zeros(a.size(0), b.size(1));
        MatrixProduct.compute(input(a), input(b), out);
        return out;
    }

    /**
     * The matrix product, as {@code torch.matmul} of two matrices.
     *
     * @param a {@code [n, m]}
     * @param b {@code [m, p]}
     * @param out where to write, {@code [n, p]}; its span in the storage must overlap neither factor's
     * @throws IllegalArgumentException if the shapes are not such, or {@code out} overlaps a factor
     */
    public static void matmul(Tensor a, Tensor b, Tensor out) {
        requireFactors(a, b);
        requireShape(out, a.size(0), b.size(1));
        if (Sharing.mayOverlap(a, out) || Sharing.mayOverlap(b, out)) {
            throw new IllegalArgumentException(
                    "out overlaps a factor in their storage; give it a storage of its own, as of Tensor.zeros");
        }
        Tensor flat = input(out);
        MatrixProduct.compute(input(a), input(b), flat);
        finish(flat, out);
    }

    /**
     * The elementwise sum.
     *
     * @param a any tensor
     * @param b of the same shape, or one that can be broadcast to it: from the last dimension on, each size is equal
     *     or 1. So a row {@code [p]} goes to every row of {@code [n, p]}, a 0-d tensor to every element
     * @return a new tensor of {@code a}'s shape
     * @throws IllegalArgumentException if {@code b} cannot be broadcast to {@code a}'s shape
     */
    public static Tensor add(Tensor a, Tensor b) {
        Tensor sum = a.copy();
        addInPlace(sum, b);
        return sum;
    }

    /**
     * Adds {@code other} to {@code target}, as {@code target.add_(other)} in PyTorch.
     *
     * @param target where to add
     * @param other of the same shape, or one that can be {@linkplain #add broadcast} to it
     * @throws IllegalArgumentException if {@code other} cannot be broadcast to {@code target}'s shape
     */
    public static void addInPlace(Tensor target, Tensor other) {
        addInPlace(target, other, 1);
    }

    /**
     * Adds {@code alpha * other} to {@code target}, as {@code target.add_(other, alpha=alpha)} in PyTorch.
     *
     * @param target where to add
     * @param other of the same shape, or one that can be {@linkplain #add broadcast} to it
     * @param alpha the factor
     * @throws IllegalArgumentException if {@code other} cannot be broadcast to {@code target}'s shape
     */
    public static void addInPlace(Tensor target, Tensor other, float alpha) {
        Tensor source = input(Sharing.unaffected(other, target));
        Tensor flat = input(target);
        Layout layout = flat.layout();
        Layout from = source.hasSameShapeAs(target)
                ? source.layout()
                : source.layout().broadcastTo(layout.shape);
        Sums.addScaled(source.storage(), from, alpha, flat.storage(), layout);
        finish(flat, target);
    }

    /**
     * The softmax over the last dimension: {@code exp(x) / sum(exp(x))}, computed so that it does not overflow.
     *
     * @param input any tensor; of a matrix, each row is taken by itself
     * @return a new tensor of the same shape
     */
    public static Tensor softmax(Tensor input) {
        Tensor out = Tensor.zeros(input.shape());
        softmax(input, out);
        return out;
    }

    /**
     * The softmax over the last dimension: {@code exp(x) / sum(exp(x))}, computed so that it does not overflow.
     *
     * @param input any tensor; of a matrix, each row is taken by itself
     * @param out where to write, of the same shape; may be the input itself
     * @throws IllegalArgumentException if the shapes differ
     */
    public static void softmax(Tensor input, Tensor out) {
        requireShape(out, input.layout().shape);
        Tensor source = input(Sharing.unaffected(input, out));
        Tensor flat = input(out);
        RowMath.softmax(source.storage(), source.layout(), flat.storage(), flat.layout());
        finish(flat, out);
    }

    /**
     * The logarithm of the {@linkplain #softmax softmax} over the last dimension, which stays exact where that rounds
     * to 0.
     *
     * @param input any tensor; of a matrix, each row is taken by itself
     * @return a new tensor of the same shape
     */
    public static Tensor logSoftmax(Tensor input) {
        Tensor out = Tensor.zeros(input.shape());
        logSoftmax(input, out);
        return out;
    }

    /**
     * The logarithm of the {@linkplain #softmax softmax} over the last dimension, which stays exact where that rounds
     * to 0.
     *
     * @param input any tensor; of a matrix, each row is taken by itself
     * @param out where to write, of the same shape; may be the input itself
     * @throws IllegalArgumentException if the shapes differ
     */
    public static void logSoftmax(Tensor input, Tensor out) {
        requireShape(out, input.layout().shape);
        Tensor source = input(Sharing.unaffected(input, out));
        Tensor flat = input(out);
        RowMath.logSoftmax(source.storage(), source.layout(), flat.storage(), flat.layout());
        finish(flat, out);
    }

    /**
     * The sum of all elements, accumulated in {@code double}.
     *
     * @param input any tensor
     * @return the sum, 0 of an empty tensor
     */
    public static float sum(Tensor input) {
        Tensor source = input(input);
        return (float) Sums.sum(source.storage(), source.layout());
    }

    /**
     * The sums along one dimension, accumulated in {@code double}: of a matrix, {@code sum(m, 0)} holds the sum of each
     * column.
     *
     * @param input any tensor of one dimension or more
     * @param dim the dimension to sum over, which the result lacks; a negative one counts from the end
     * @return a new tensor
     * @throws IndexOutOfBoundsException if there is no such dimension
     */
    public static Tensor sum(Tensor input, int dim) {
        Tensor out = Tensor.zeros(Shape.without(Shape.dimension(dim, input.layout().shape), input.layout().shape));
        sum(input, dim, out);
        return out;
    }

    /**
     * The sums along one dimension, accumulated in {@code double}: of a matrix, {@code sum(m, 0)} holds the sum of each
     * column.
     *
     * @param input any tensor of one dimension or more
     * @param dim the dimension to sum over, which the result lacks; a negative one counts from the end
     * @param out where to write
     * @throws IndexOutOfBoundsException if there is no such dimension
     * @throws IllegalArgumentException if {@code out} has another shape than the result
     */
    public static void sum(Tensor input, int dim, Tensor out) {
        requireShape(out, Shape.without(Shape.dimension(dim, input.layout().shape), input.layout().shape));
        Tensor source = input(Sharing.unaffected(input, out));
        Tensor flat = input(out);
        if (input.numel() == 0) {
            out.fill(0);
            return;
        }
        Sums.sum(
                source.storage(),
                source.layout().select(dim, 0),
                source.size(dim),
                source.stride(dim),
                flat.storage(),
                flat.layout());
        finish(flat, out);
    }

    /**
     * Where the largest elements along the last dimension are.
     *
     * @param input any tensor; of a matrix, each row is taken by itself
     * @return for each row, in row-major order, the index of the first of its largest elements, where NaN is larger
     *     than any number; {0} of a 0-d tensor
     * @throws IllegalArgumentException if the last dimension has size 0
     */
    public static int[] argmax(Tensor input) {
        int last = input.dim() == 0 ? 1 : input.size(-1);
        if (last == 0) {
            throw new IllegalArgumentException("shape " + Arrays.toString(input.shape())
                    + " has no element along its last dimension, so no largest; give it one or more");
        }
        int[] indices = new int[input.numel() / last];
        Tensor source = input(input);
        RowMath.argmax(source.storage(), source.layout(), indices);
        return indices;
    }

    /** The tensor, or a copy on one array of one on rows, for the loops go through one {@code float[]}. */
    private static Tensor input(Tensor tensor) {
        if (tensor.elementType() != ElementType.F32) {
            throw new IllegalArgumentException("arithmetic is on F32 tensors, not on " + tensor.elementType()
                    + "; write to(ElementType.F32), or compute on the array that the tensor wraps");
        }
        return tensor.isOnRows() ? tensor.copy() : tensor;
    }

    /** Takes over what was written apart from {@code out}, since that lies on rows. */
    private static void finish(Tensor written, Tensor out) {
        if (written != out) {
            out.copyFrom(written);
        }
    }

    private static void requireFactors(Tensor a, Tensor b) {
        if (a.dim() != 2 || b.dim() != 2 || a.size(1) != b.size(0)) {
            throw new IllegalArgumentException("shapes " + Arrays.toString(a.shape()) + " and "
                    + Arrays.toString(b.shape()) + " cannot be multiplied; they must be [n, m] and [m, p]");
        }
    }

    private static void requireShape(Tensor out, int... shape) {
        if (!Arrays.equals(out.layout().shape, shape)) {
            throw new IllegalArgumentException("out has shape " + Arrays.toString(out.shape())
                    + ", but the result has shape " + Arrays.toString(shape) + "; the shapes must be equal");
        }
    }
}
