package dev.statedict.arithmetic;

import dev.statedict.Policy;
import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import dev.statedict.text.KeyList;
import dev.statedict.tree.PrimitiveEntries;
import dev.statedict.values.Entries;
import dev.statedict.values.Operation;
import dev.statedict.values.SameForm;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The floating-point entries of a dict, each with that of another one of the same form: what arithmetic computes. A tie stands once,
 * under its last key, as in a load. What overlaps otherwise is computed in copies, so that no element counts twice.
 */
final class Pairs {
    /**
     * Two tensors of one shape and type.
     *
     * @param key their key
     * @param target of the first dict
     * @param other of the second, or a copy where it reads what is written elsewhere
     * @param overlaps whether the target has an element in common with another target, or twice
     */
    record Pair(String key, Tensor target, Tensor other, boolean overlaps) {}

    private static final int BLOCK = 1 << 10;

    static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private final StateDict target;
    private final boolean parametersAlone;
    private final Map<Object, List<Tensor>> byArray = new IdentityHashMap<>();
    private final List<Pair> pairs = new ArrayList<>();

    private Pairs(StateDict target, StateDict other, boolean parametersAlone) {
        this.target = target;
        this.parametersAlone = parametersAlone;
        target.forEach((key, tensor) -> {
            if (isComputed(key, tensor)) {
                for (int i = 0; i < TENSORS.arrayCount(tensor); i++) {
                    byArray.computeIfAbsent(TENSORS.array(tensor, i), array -> new ArrayList<>(1))
                            .add(tensor);
                }
            }
        });
        target.forEach((key, tensor) -> {
            if (isComputed(key, tensor) && !isTiedToLater(tensor)) {
                boolean overlaps = TENSORS.mayOverlapItself(tensor) || touchesAnother(tensor, tensor);
                Tensor read = Entries.find(other, key);
                // as it is before anything is written
                Tensor stable = touchesAnother(read, tensor) ? read.copy() : read;
                pairs.add(new Pair(key, tensor, stable, overlaps));
            }
        });
    }

    /**
     * The pairs of all floating-point entries, to be read.
     *
     * @throws IllegalArgumentException naming everything in which the forms differ
     */
    static Pairs of(StateDict one, StateDict other) {
        SameForm.require(one, other);
        return new Pairs(one, other, false);
    }

    /**
     * The pairs of all floating-point entries, of which the first are to be written.
     *
     * @throws IllegalArgumentException naming everything in which the forms differ, or that cannot be written
     */
    static Pairs into(StateDict target, StateDict other) {
        Pairs pairs = of(target, other);
        pairs.requireLastingTargets();
        return pairs;
    }

    /**
     * The pairs of each of several dicts of one form, to be written to a target.
     *
     * @throws IllegalArgumentException naming everything in which the forms differ, or that cannot be written
     */
    static List<Pairs> into(StateDict target, List<StateDict> dicts) {
        SameForm.require(target, dicts);
        List<Pairs> all =
                dicts.stream().map(dict -> new Pairs(target, dict, false)).toList();
        all.get(0).requireLastingTargets();
        return all;
    }

    /** The pairs of floating-point parameters; what is written of primitives the caller has to carry to the module. */
    static Pairs ofParameters(StateDict target, StateDict other) {
        SameForm.require(target, other);
        return new Pairs(target, other, true);
    }

    /** What is written to a primitive of a live dict does not reach the module. */
    private void requireLastingTargets() {
        List<String> primitives = target.policy() != Policy.ALIAS
                ? List.of()
                : pairs.stream()
                        .map(Pair::key)
                        .filter(key -> PrimitiveEntries.has(target, key))
                        .toList();
        if (!primitives.isEmpty()) {
            throw new IllegalArgumentException("the target is live, and its primitives cannot be set: "
                    + KeyList.quoted(primitives) + "; compute in its copy(), and load that into the module");
        }
    }

    private boolean isComputed(String key, Tensor tensor) {
        return tensor.numel() > 0
                && (!parametersAlone || target.role(key) == Role.PARAMETER)
                && Entries.isComputed(target, key);
    }

    /** Tells all targets that lie on an array of a tensor. */
    private void forEachNeighbour(Tensor tensor, Consumer<Tensor> neighbours) {
        for (int i = 0; i < TENSORS.arrayCount(tensor); i++) {
            byArray.getOrDefault(TENSORS.array(tensor, i), List.of()).forEach(neighbours);
        }
    }

    private boolean isTiedToLater(Tensor tensor) {
        List<Tensor> neighbours = byArray.getOrDefault(TENSORS.array(tensor, 0), List.of());
        Tensor last = tensor;
        if (neighbours.size() > 1) {
            for (Tensor neighbour : neighbours) {
                last = TENSORS.areTied(neighbour, tensor) ? neighbour : last;
            }
        }
        return last != tensor;
    }

    /** Whether a tensor may have an element in common with a target that it is not tied to, as it is to its own. */
    private boolean touchesAnother(Tensor tensor, Tensor own) {
        boolean[] touches = {false};
        forEachNeighbour(tensor, neighbour -> {
            boolean same = TENSORS.areTied(neighbour, own) && TENSORS.areTied(tensor, own);
            touches[0] |= !same && TENSORS.mayOverlap(tensor, neighbour);
        });
        return touches[0];
    }

    /** {@return the pairs, in the order of the first dict} */
    List<Pair> list() {
        return pairs;
    }

    /** Whether an entry that is written is the value of a primitive member. */
    boolean writesPrimitive(String key) {
        return PrimitiveEntries.has(target, key) && isComputed(key, Entries.find(target, key));
    }

    /** Runs an operation that only reads on each pair. */
    void read(Operation operation) {
        pairs.forEach(pair -> run(operation, pair.target, pair.other));
    }

    /** Runs an operation that writes on each pair. */
    void write(Operation operation) {
        List<Tensor> targets = new ArrayList<>(pairs.size());
        for (Pair pair : pairs) {
            targets.add(pair.overlaps ? pair.target.copy() : pair.target);
        }
        for (int i = 0; i < pairs.size(); i++) {
            run(operation, targets.get(i), pairs.get(i).other);
            if (pairs.get(i).overlaps) {
                pairs.get(i).target.copyFrom(targets.get(i));
            }
        }
    }

    private static void run(Operation operation, Tensor x, Tensor y) {
        if (TENSORS.arrayCount(x) > 1 || TENSORS.arrayCount(y) > 1) {
            for (int i = 0; i < x.size(0); i++) {
                run(operation, x.select(0, i), y.select(0, i));
            }
        } else if (x.isContiguous() && y.isContiguous()) {
            run(operation, x, x.storageOffset(), y, y.storageOffset(), x.numel());
        } else {
            runStrided(operation, x, x.storageOffset(), y, y.storageOffset(), 0);
        }
    }

    private static void runStrided(Operation operation, Tensor x, int at, Tensor y, int from, int dim) {
        if (dim == x.dim()) {
            run(operation, x, at, y, from, 1);
        } else if (dim == x.dim() - 1 && x.stride(dim) == 1 && y.stride(dim) == 1) {
            run(operation, x, at, y, from, x.size(dim));
        } else {
            for (int i = 0; i < x.size(dim); i++) {
                runStrided(operation, x, at + i * x.stride(dim), y, from + i * y.stride(dim), dim + 1);
            }
        }
    }

    private static void run(Operation operation, Tensor x, int at, Tensor y, int from, int count) {
        Object written = TENSORS.array(x, 0);
        Object read = TENSORS.array(y, 0);
        if (at == from) {
            run(operation, written, read, at, at + count);
            return;
        }
        // in blocks that stand at the same places
        boolean floats = written instanceof float[];
        int size = Math.min(BLOCK, count);
        Object target = floats ? new float[size] : new double[size];
        Object other = floats ? new float[size] : new double[size];
        for (int done = 0; done < count; done += size) {
            int length = Math.min(size, count - done);
            System.arraycopy(written, at + done, target, 0, length);
            System.arraycopy(read, from + done, other, 0, length);
            run(operation, target, other, 0, length);
            if (operation.writes()) {
                System.arraycopy(target, 0, written, at + done, length);
            }
        }
    }

    private static void run(Operation operation, Object x, Object y, int start, int end) {
        if (x instanceof float[] floats) {
            operation.run(floats, (float[]) y, start, end);
        } else {
            operation.run((double[]) x, (double[]) y, start, end);
        }
    }
}
