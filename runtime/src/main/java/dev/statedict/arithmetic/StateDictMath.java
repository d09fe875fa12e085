package dev.statedict.arithmetic;

import dev.statedict.StateDict;
import dev.statedict.tensor.access.FusedMultiplyAdd;
import dev.statedict.values.Lerp;
import dev.statedict.values.Operation;
import java.util.Arrays;
import java.util.List;

/**
 * Arithmetic on state dicts. Methods that are called {@code InPlace} write into the tensors of their first argument, those of the
 * module itself if that is an {@code ALIAS} dict; the others are only read.
 *
 * {@snippet class="com.example.Training" region="arithmetic"}
 *
 * <p>Only floating-point parameters and buffers are computed. Counters, entries that are stored as integers, and extra state stay as
 * they are in the first argument, as for {@link StateDict#lerp}. The dicts have the same keys, in any order, shapes and element types. Ties of the
 * first argument stay ties and are computed once, from what the others have under the tie's last key. The value of a primitive member,
 * {@code float scale}, cannot be written through an {@code ALIAS} dict, so that methods that would have to refuse it.
 *
 * <p>Weights are {@code double}s; on float32 elements they are rounded to float32, as PyTorch rounds a Python number.
 */
public final class StateDictMath {
    private StateDictMath() {}

    /**
     * Moves from one dict towards another: {@code start += weight * (end - start)}. To the last bit what {@code torch.lerp_} computes
     * on a processor with AVX2 or AVX-512, where it fuses multiplication and addition; on others it rounds in between.
     *
     * @param start is written to
     * @param end where to
     * @param weight 0 to stay, 1 to go there
     * @throws IllegalArgumentException naming everything in which the dicts differ
     */
    public static void lerpInPlace(StateDict start, StateDict end, double weight) {
        Pairs.into(start, end).write(new Lerp(weight));
    }

    /**
     * Adds a multiple: {@code target += alpha * other}, to the last bit as {@code torch.add_} on a processor that fuses the two.
     *
     * @param target is written to
     * @param other what to add
     * @param alpha how many times
     * @throws IllegalArgumentException naming everything in which the dicts differ
     */
    public static void addInPlace(StateDict target, StateDict other, double alpha) {
        Pairs.into(target, other).write(new AddScaled(alpha));
    }

    /**
     * Subtracts: {@code target -= other}, as {@code torch.sub_}.
     *
     * @param target is written to
     * @param other what to subtract
     * @throws IllegalArgumentException naming everything in which the dicts differ
     */
    public static void subtractInPlace(StateDict target, StateDict other) {
        addInPlace(target, other, -1);
    }

    /**
     * Multiplies by a number, as {@code torch.mul_}.
     *
     * @param target is written to
     * @param factor the number
     */
    public static void multiplyInPlace(StateDict target, double factor) {
        Pairs.into(target, target).write(new Multiply(factor));
    }

    /**
     * The weighted mean of several dicts, {@code (w1 * d1 + w2 * d2 + ...) / (w1 + w2 + ...)}: federated averaging, where the weights are
     * counts of samples. Summed in double precision in the order of the dicts and rounded once, so that equal weights give what
     * {@link StateDict#average} gives.
     *
     * @param target is written to; may be one of the dicts
     * @param dicts one or more
     * @param weights one for each dict, 0 or more, not all of them 0
     * @throws IllegalArgumentException when there are other weights, or naming everything in which the dicts differ from the target
     */
    public static void averageInPlace(StateDict target, List<StateDict> dicts, double... weights) {
        double total = Arrays.stream(weights).sum();
        boolean sound = Arrays.stream(weights).allMatch(weight -> weight >= 0 && Double.isFinite(weight));
        if (dicts.isEmpty() || weights.length != dicts.size() || !sound || !(total > 0)) {
            throw new IllegalArgumentException("the weights of " + dicts.size() + " dicts are "
                    + Arrays.toString(weights) + "; give one for each dict, 0 or more, and not all of them 0");
        }
        WeightedMean.write(target, dicts, weights, total);
    }

    /**
     * The length of the vector of all elements ({@code torch.linalg.vector_norm}); summed in double precision, where PyTorch sums in
     * float32. A tie counts once.
     *
     * @param dict what to measure
     * @return the square root of the sum of all squares
     */
    public static double norm(StateDict dict) {
        return Math.sqrt(dot(dict, dict));
    }

    /**
     * The sum of products of all elements ({@code torch.dot} of the flat vectors); summed in double precision, where PyTorch sums in
     * float32. A tie of the first counts once.
     *
     * @param one a dict
     * @param other another
     * @return the sum
     * @throws IllegalArgumentException naming everything in which the dicts differ
     */
    public static double dot(StateDict one, StateDict other) {
        DotProduct product = new DotProduct();
        Pairs.of(one, other).read(product);
        return product.sum();
    }

    /** {@code x += alpha * y}, fused as {@code torch.add} is where the processor can. */
    private record AddScaled(double alpha) implements Operation {
        @Override
        public void run(float[] x, float[] y, int start, int end) {
            float factor = (float) alpha;
            for (int i = start; i < end; i++) {
                x[i] = FusedMultiplyAdd.fma(factor, y[i], x[i]);
            }
        }

        @Override
        public void run(double[] x, double[] y, int start, int end) {
            double factor = alpha;
            for (int i = start; i < end; i++) {
                x[i] = Math.fma(factor, y[i], x[i]);
            }
        }
    }

    /** {@code x *= by}, whatever {@code y}. */
    private record Multiply(double by) implements Operation {
        @Override
        public void run(float[] x, float[] y, int start, int end) {
            float factor = (float) by;
            for (int i = start; i < end; i++) {
                x[i] *= factor;
            }
        }

        @Override
        public void run(double[] x, double[] y, int start, int end) {
            double factor = by;
            for (int i = start; i < end; i++) {
                x[i] *= factor;
            }
        }
    }
}
