package dev.statedict.arithmetic;

import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The floating-point entries of a dict, each with that of another one of the same form: what arithmetic computes. A tie stands once,
 * under its last key, as in a load. What overlaps otherwise is computed in copies, so that no element counts twice.
 */
final class Pairs {
    /** An elementwise operation, of which the first array may be written to. */
    @FunctionalInterface
    interface Operation {
        void run(float[] x, int at, float[] y, int from, int count);
    }

    /**
     * Two tensors of one shape.
     *
     * @param key their key
     * @param target of the first dict
     * @param other of the second, or a copy where it reads what is written elsewhere
     * @param overlaps whether the target has an element in common with another target, or twice
     */
    record Pair(String key, Tensor target, Tensor other, boolean overlaps) {}

    private final StateDict target;
    private final boolean parametersAlone;
    private final Map<Object, List<Tensor>> byStorage = new IdentityHashMap<>();
    private final List<Pair> pairs = new ArrayList<>();

    private Pairs(StateDict target, StateDict other, boolean parametersAlone) {
        this.target = target;
        this.parametersAlone = parametersAlone;
        requireSameForm(target, other);
        target.forEach((key, tensor) -> {
            if (isComputed(key, tensor)) {
                byStorage
                        .computeIfAbsent(tensor.storage(), storage -> new ArrayList<>(1))
                        .add(tensor);
            }
        });
        target.forEach((key, tensor) -> {
            if (isComputed(key, tensor) && !isTiedToLater(tensor)) {
                pairs.add(new Pair(key, tensor, stable(find(other, key), tensor), overlaps(tensor)));
            }
        });
    }

    /**
     * The pairs of all floating-point entries.
     *
     * @throws IllegalArgumentException naming everything in which the forms differ
     */
    static Pairs of(StateDict target, StateDict other) {
        return new Pairs(target, other, false);
    }

    /** The pairs of floating-point parameters. */
    static Pairs ofParameters(StateDict target, StateDict other) {
        return new Pairs(target, other, true);
    }

    /** Whether arithmetic makes sense of an entry: not of counts, masks and indices. */
    private boolean isComputed(String key, Tensor tensor) {
        Role role = target.role(key);
        return tensor.numel() > 0
                && role != Role.COUNTER
                && (role == Role.PARAMETER || !parametersAlone)
                && switch (target.storedType(key)) {
                    case F64, F32, F16, BF16 -> true;
                    case I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> false;
                };
    }

    private List<Tensor> neighbours(Tensor tensor) {
        return byStorage.getOrDefault(tensor.storage(), List.of());
    }

    private boolean isTiedToLater(Tensor tensor) {
        List<Tensor> neighbours = neighbours(tensor);
        Tensor last = tensor;
        if (neighbours.size() > 1) {
            for (Tensor neighbour : neighbours) {
                last = neighbour.hasSameLayoutAs(tensor) ? neighbour : last;
            }
        }
        return last != tensor;
    }

    private boolean overlaps(Tensor tensor) {
        for (int dim = 0; dim < tensor.dim(); dim++) {
            if (tensor.stride(dim) == 0 && tensor.size(dim) > 1) {
                return true;
            }
        }
        return touchesAnother(tensor, tensor);
    }

    /** A tensor as it is before anything is written: itself, unless it lies where another target does. */
    private Tensor stable(Tensor read, Tensor written) {
        return touchesAnother(read, written) ? read.copy() : read;
    }

    /** Whether a tensor may have an element in common with a target other than the one given; judged by where they begin and end. */
    private boolean touchesAnother(Tensor tensor, Tensor own) {
        boolean touches = false;
        for (Tensor neighbour : neighbours(tensor)) {
            boolean same =
                    neighbour.sharesStorageWith(own) && neighbour.hasSameLayoutAs(own) && tensor.hasSameLayoutAs(own);
            touches |= !same && tensor.storageOffset() < end(neighbour) && neighbour.storageOffset() < end(tensor);
        }
        return touches;
    }

    private static int end(Tensor tensor) {
        int last = tensor.storageOffset();
        for (int dim = 0; dim < tensor.dim(); dim++) {
            last += (tensor.size(dim) - 1) * tensor.stride(dim);
        }
        return last + 1;
    }

    /** {@return the pairs, in the order of the first dict} */
    List<Pair> list() {
        return pairs;
    }

    /** Runs an operation that only reads on each pair. */
    void read(Operation operation) {
        pairs.forEach(pair -> run(operation, pair.target, pair.other));
    }

    /** Runs an operation that writes on each pair. */
    void write(Operation operation) {
        List<Tensor> before = new ArrayList<>();
        for (Pair pair : pairs) {
            before.add(pair.overlaps ? pair.target.copy() : pair.target);
        }
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            run(operation, before.get(i), pair.other);
            if (pair.overlaps) {
                pair.target.copyFrom(before.get(i));
            }
        }
    }

    private static void run(Operation operation, Tensor x, Tensor y) {
        if (x.isContiguous() && y.isContiguous()) {
            operation.run(x.storage(), x.storageOffset(), y.storage(), y.storageOffset(), x.numel());
        } else {
            run(operation, x, x.storageOffset(), y, y.storageOffset(), 0);
        }
    }

    /** Run by run: what lies side by side in both. */
    private static void run(Operation operation, Tensor x, int at, Tensor y, int from, int dim) {
        if (dim == x.dim()) {
            operation.run(x.storage(), at, y.storage(), from, 1);
        } else if (dim == x.dim() - 1 && x.stride(dim) == 1 && y.stride(dim) == 1) {
            operation.run(x.storage(), at, y.storage(), from, x.size(dim));
        } else {
            for (int i = 0; i < x.size(dim); i++) {
                run(operation, x, at + i * x.stride(dim), y, from + i * y.stride(dim), dim + 1);
            }
        }
    }

    static Tensor find(StateDict dict, String key) {
        Tensor tensor = dict.get(key);
        if (tensor == null) {
            throw new AssertionError(key);
        }
        return tensor;
    }

    /**
     * Two dicts with the same keys and shapes.
     *
     * @throws IllegalArgumentException naming everything in which they differ
     */
    static void requireSameForm(StateDict one, StateDict other) {
        if (one == other) {
            return;
        }
        List<String> differences = new ArrayList<>();
        one.forEach((key, tensor) -> {
            Tensor theirs = other.get(key);
            if (theirs == null) {
                differences.add("\"" + key + "\" is in the first alone");
            } else if (!theirs.hasSameShapeAs(tensor)) {
                differences.add("\"" + key + "\" has shape " + Arrays.toString(tensor.shape()) + " in the first and "
                        + Arrays.toString(theirs.shape()) + " in the second");
            }
        });
        if (one.size() != other.size() || !differences.isEmpty()) {
            for (String key : other.keySet()) {
                if (!one.containsKey(key)) {
                    differences.add("\"" + key + "\" is in the second alone");
                }
            }
            throw new IllegalArgumentException("the dicts differ: " + String.join(", ", differences));
        }
    }
}
