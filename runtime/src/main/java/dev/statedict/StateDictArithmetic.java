package dev.statedict;

import dev.statedict.storage.StorageSet;
import dev.statedict.tensor.Tensor;
import dev.statedict.text.KeyList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Dicts computed from dicts. Only floating-point parameters and buffers are computed; counters, and buffers stored as
 * integers, are left as they are in the first dict, for a mean of counts means nothing.
 */
final class StateDictArithmetic {
    private StateDictArithmetic() {}

    /** {@code start + weight * (end - start)}, element by element (PyTorch's {@code torch.lerp}). */
    static StateDict lerp(StateDict start, StateDict end, double weight) {
        requireSameShapes(start, end);
        float factor = (float) weight;
        StateDict result = start.copy();
        StateEntry[] starts = start.entries();
        StateEntry[] results = result.entries();
        for (int i = 0; i < starts.length; i++) {
            if (isComputed(starts[i])) {
                float[] from = starts[i].getValue().toArray();
                float[] to = find(end, starts[i]).toArray();
                for (int j = 0; j < from.length; j++) {
                    // torch.lerp's own two forms, each exact at its end, and fused as there
                    float difference = to[j] - from[j];
                    from[j] = Math.abs(factor) < 0.5f
                            ? Math.fma(factor, difference, from[j])
                            : Math.fma(factor - 1, difference, to[j]);
                }
                results[i].getValue().copyFrom(shaped(from, starts[i]));
            }
        }
        return result;
    }

    /** The mean of each element, summed in double precision. */
    static StateDict average(List<StateDict> dicts) {
        if (dicts.isEmpty()) {
            throw new IllegalArgumentException("there is no average of no dicts; give at least one");
        }
        StateDict first = dicts.get(0);
        dicts.forEach(dict -> requireSameShapes(first, dict));
        StateDict result = first.copy();
        StateEntry[] entries = first.entries();
        StateEntry[] results = result.entries();
        for (int i = 0; i < entries.length; i++) {
            if (isComputed(entries[i])) {
                results[i].getValue().copyFrom(shaped(mean(dicts, entries[i]), entries[i]));
            }
        }
        return result;
    }

    /** Writes all elements of one dict into another, which may share storage with it. */
    static void copy(StateDict source, StateDict target) {
        requireSameShapes(source, target);
        requireSameExtraState(source, target);
        List<Tensor> staged = new ArrayList<>();
        StorageSet written = new StorageSet(target.size());
        for (StateEntry entry : target.entries()) {
            written.add(entry.getValue());
        }
        for (StateEntry entry : target.entries()) {
            Tensor given = find(source, entry);
            staged.add(written.contains(given) ? given.copy() : given);
        }
        for (int i = 0; i < staged.size(); i++) {
            target.entries()[i].getValue().copyFrom(staged.get(i));
        }
    }

    private static float[] mean(List<StateDict> dicts, StateEntry entry) {
        double[] sums = new double[entry.getValue().numel()];
        // the sum of negative zeros alone is a negative zero
        Arrays.fill(sums, -0.0);
        for (StateDict dict : dicts) {
            float[] values = find(dict, entry).toArray();
            for (int j = 0; j < sums.length; j++) {
                sums[j] += values[j];
            }
        }
        float[] means = new float[sums.length];
        for (int j = 0; j < means.length; j++) {
            means[j] = (float) (sums[j] / dicts.size());
        }
        return means;
    }

    private static Tensor shaped(float[] values, StateEntry entry) {
        return Tensor.wrap(values, entry.getValue().shape());
    }

    private static boolean isComputed(StateEntry entry) {
        return entry.role() != Role.COUNTER
                && switch (entry.storedType()) {
                    case F64, F32, F16, BF16 -> true;
                    case I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> false;
                };
    }

    private static Tensor find(StateDict dict, StateEntry entry) {
        Tensor tensor = dict.get(entry.getKey());
        if (tensor == null) {
            throw new AssertionError(entry.getKey());
        }
        return tensor;
    }

    private static void requireSameExtraState(StateDict source, StateDict target) {
        List<String> differences = StateDictDiff.extraStateKeys(source, target);
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("the extra state differs: " + KeyList.quoted(differences)
                    + "; it cannot be written in place, so take a new copy()");
        }
    }

    /**
     * Two dicts that tensors can flow between.
     *
     * @throws IllegalArgumentException naming everything in which they differ
     */
    static void requireSameShapes(StateDict one, StateDict other) {
        List<String> differences = new ArrayList<>();
        for (StateEntry entry : one.entries()) {
            Tensor theirs = other.get(entry.getKey());
            if (theirs == null) {
                differences.add("\"" + entry.getKey() + "\" is in the first alone");
            } else if (!theirs.hasSameShapeAs(entry.getValue())) {
                differences.add("\"" + entry.getKey() + "\" has shape "
                        + Arrays.toString(entry.getValue().shape()) + " in the first and "
                        + Arrays.toString(theirs.shape()) + " in the second");
            }
        }
        for (StateEntry entry : other.entries()) {
            if (!one.containsKey(entry.getKey())) {
                differences.add("\"" + entry.getKey() + "\" is in the second alone");
            }
        }
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("the dicts differ: " + KeyList.plain(differences));
        }
    }
}
