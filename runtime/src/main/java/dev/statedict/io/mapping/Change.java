package dev.statedict.io.mapping;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is done to one tensor; a view but for a cast, and for a reshape that no strides express. */
public sealed interface Change {
    /**
     * Whether it can be done.
     *
     * @param item to which
     * @return why it cannot, to follow the item's shape and type; null when it can
     */
    @Nullable
    String refusal(Item item);

    /**
     * Does it.
     *
     * @param item one that it is not refused for
     * @return the item after it
     */
    Item of(Item item);

    /** {@return what undoes it; null when nothing does} */
    @Nullable
    Change inverse();

    /** {@return the name of its rule} */
    String name();

    /** {@return what follows the keys in a rule's text} */
    String details();

    /** The two dimensions of a matrix swapped. */
    record Transpose() implements Change {
        @Override
        public @Nullable String refusal(Item item) {
            return item.dim() == 2 ? null : "and a matrix alone is transposed; permute takes any dimensions";
        }

        @Override
        public Item of(Item item) {
            int[] shape = item.shape();
            return item.withShape(
                    new int[] {shape[1], shape[0]}, this, () -> item.tensor().transpose(0, 1));
        }

        @Override
        public Change inverse() {
            return this;
        }

        @Override
        public String name() {
            return "transpose";
        }

        @Override
        public String details() {
            return "";
        }
    }

    /**
     * Dimensions in another order, as {@code torch.permute}.
     *
     * @param dims for each dimension of the result, which it was
     */
    record Permute(List<Integer> dims) implements Change {
        /**
         * Checks that each dimension is there once.
         *
         * @param dims for each dimension of the result, which it was
         */
        public Permute {
            dims = List.copyOf(dims);
            Set<Integer> all =
                    new HashSet<>(IntStream.range(0, dims.size()).boxed().toList());
            if (!new HashSet<>(dims).equals(all)) {
                throw new IllegalArgumentException("dims " + dims
                        + " are no order of dimensions; give each from 0 to one less than there are once");
            }
        }

        @Override
        public @Nullable String refusal(Item item) {
            return item.dim() == dims.size() ? null : "not the " + dims.size() + " dimensions of " + dims;
        }

        @Override
        public Item of(Item item) {
            int[] shape = item.shape();
            return item.withShape(
                    dims.stream().mapToInt(dim -> shape[dim]).toArray(), this, () -> permuted(item.tensor()));
        }

        private Tensor permuted(Tensor tensor) {
            Tensor view = tensor;
            int[] order = IntStream.range(0, dims.size()).toArray();
            for (int to = 0; to < order.length; to++) {
                int from = to;
                while (order[from] != dims.get(to)) {
                    from++;
                }
                order[from] = order[to];
                order[to] = dims.get(to);
                view = view.transpose(from, to);
            }
            return view;
        }

        @Override
        public Change inverse() {
            return new Permute(
                    IntStream.range(0, dims.size()).mapToObj(dims::indexOf).toList());
        }

        @Override
        public String name() {
            return "permute";
        }

        @Override
        public String details() {
            return " by " + dims;
        }
    }

    /**
     * The same elements in the same order under another shape.
     *
     * @param from the shape that it applies to; one size may be -1, for any
     * @param to the shape that comes out; one size may be -1, for what is left
     */
    record Reshape(List<Integer> from, List<Integer> to) implements Change {
        /**
         * Checks both shapes.
         *
         * @param from the shape that it applies to
         * @param to the shape that comes out
         */
        public Reshape {
            from = checked(from);
            to = checked(to);
        }

        private static List<Integer> checked(List<Integer> shape) {
            if (shape.stream().anyMatch(size -> size < -1 || size == 0)
                    || shape.stream().filter(size -> size == -1).count() > 1) {
                throw new IllegalArgumentException(
                        "shape " + shape + " is none; give sizes of 1 and more, and -1 once at most");
            }
            return List.copyOf(shape);
        }

        @Override
        public @Nullable String refusal(Item item) {
            int[] shape = item.shape();
            boolean fits = shape.length == from.size()
                    && IntStream.range(0, shape.length)
                            .allMatch(dim -> from.get(dim) == -1 || from.get(dim) == shape[dim]);
            if (!fits) {
                return "not the shape " + from;
            }
            return result(shape) == null ? "of which no shape " + to + " can be made" : null;
        }

        private int @Nullable [] result(int[] shape) {
            long numel = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
            long known = 1;
            for (int size : to) {
                known *= Math.abs((long) size);
                if (known > Integer.MAX_VALUE) {
                    return null;
                }
            }
            boolean inferred = to.contains(-1);
            if (inferred ? numel % known != 0 : numel != known) {
                return null;
            }
            int rest = (int) (numel / known);
            return to.stream().mapToInt(size -> size == -1 ? rest : size).toArray();
        }

        @Override
        public Item of(Item item) {
            int[] shape = item.shape();
            int[] result = result(shape);
            if (result == null) {
                throw new IllegalArgumentException(item.shapeText());
            }
            return item.withShape(result, this, () -> reshaped(item.tensor(), result));
        }

        private static Tensor reshaped(Tensor tensor, int[] shape) {
            if (tensor.isContiguous()) {
                return tensor.reshape(shape);
            }
            try {
                return tensor.reshape(shape);
            } catch (IllegalArgumentException noStridesDo) {
                return tensor.contiguous().reshape(shape);
            }
        }

        @Override
        public Change inverse() {
            return new Reshape(to, from);
        }

        @Override
        public String name() {
            return "reshape";
        }

        @Override
        public String details() {
            return " from " + from + " to " + to;
        }
    }

    /**
     * The same values as elements of another type.
     *
     * @param from the type that it applies to; null for any, and then there is no way back
     * @param to the type that comes out
     */
    record Cast(@Nullable ElementType from, ElementType to) implements Change {
        @Override
        public @Nullable String refusal(Item item) {
            return from == null || item.type() == from ? null : "not " + from;
        }

        @Override
        public Item of(Item item) {
            return item.withType(to);
        }

        @Override
        public @Nullable Change inverse() {
            return from == null ? null : new Cast(to, from);
        }

        @Override
        public String name() {
            return "cast";
        }

        @Override
        public String details() {
            return (from == null ? "" : " from " + from) + " to " + to;
        }
    }
}
