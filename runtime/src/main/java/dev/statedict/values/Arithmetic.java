package dev.statedict.values;

import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.storage.StorageSet;
import dev.statedict.tensor.Tensor;
import dev.statedict.text.KeyList;
import dev.statedict.tree.ExtraStateValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Dicts computed from dicts. Only floating-point parameters and buffers are computed; counters, and buffers stored as
 * integers, are left as they are in the first dict, for a mean of counts means nothing.
 */
public final class Arithmetic {
    private Arithmetic() {}

    /** {@code start + weight * (end - start)}, element by element (PyTorch's {@code torch.lerp}). */
    public static StateDict lerp(StateDict start, StateDict end, double weight) {
        requireSameShapes(start, end);
        float factor = (float) weight;
        StateDict result = start.copy();
        for (String key : start.keySet()) {
            if (isComputed(start, key)) {
                float[] from = find(start, key).toArray();
                float[] to = find(end, key).toArray();
                for (int j = 0; j < from.length; j++) {
                    // torch.lerp's own two forms, each exact at its end, and fused as there
                    float difference = to[j] - from[j];
                    from[j] = Math.abs(factor) < 0.5f
                            ? Math.fma(factor, difference, from[j])
                            : Math.fma(factor - 1, difference, to[j]);
                }
                assign(result, key, from);
            }
        }
        return result;
    }

    /** The mean of each element, summed in double precision. */
    public static StateDict average(List<StateDict> dicts) {
        if (dicts.isEmpty()) {
            throw new IllegalArgumentException("there is no average of no dicts; give at least one");
        }
        StateDict first = dicts.get(0);
        dicts.forEach(dict -> requireSameShapes(first, dict));
        StateDict result = first.copy();
        for (String key : first.keySet()) {
            if (isComputed(first, key)) {
                assign(result, key, mean(dicts, key));
            }
        }
        return result;
    }

    /** Writes all elements of one dict into another, which may share storage with it. */
    public static void copy(StateDict source, StateDict target) {
        requireSameShapes(source, target);
        requireSameExtraState(source, target);
        List<Tensor> staged = new ArrayList<>();
        StorageSet written = new StorageSet(target.size());
        target.values().forEach(written::add);
        for (String key : target.keySet()) {
            Tensor given = find(source, key);
            staged.add(written.contains(given) ? given.copy() : given);
        }
        Iterator<Tensor> next = staged.iterator();
        target.values().forEach(tensor -> tensor.copyFrom(next.next()));
    }

    private static float[] mean(List<StateDict> dicts, String key) {
        double[] sums = new double[find(dicts.get(0), key).numel()];
        // the sum of negative zeros alone is a negative zero
        Arrays.fill(sums, -0.0);
        for (StateDict dict : dicts) {
            float[] values = find(dict, key).toArray();
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

    private static void assign(StateDict dict, String key, float[] values) {
        Tensor tensor = find(dict, key);
        tensor.copyFrom(Tensor.wrap(values, tensor.shape()));
    }

    private static boolean isComputed(StateDict dict, String key) {
        return dict.role(key) != Role.COUNTER
                && switch (dict.storedType(key)) {
                    case F64, F32, F16, BF16 -> true;
                    case I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> false;
                };
    }

    private static Tensor find(StateDict dict, String key) {
        Tensor tensor = dict.get(key);
        if (tensor == null) {
            throw new AssertionError(key);
        }
        return tensor;
    }

    private static void requireSameExtraState(StateDict source, StateDict target) {
        List<String> differences = ExtraStateValue.differing(source.extraState(), target.extraState());
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
        for (Map.Entry<String, Tensor> entry : one.entrySet()) {
            Tensor theirs = other.get(entry.getKey());
            if (theirs == null) {
                differences.add("\"" + entry.getKey() + "\" is in the first alone");
            } else if (!theirs.hasSameShapeAs(entry.getValue())) {
                differences.add("\"" + entry.getKey() + "\" has shape "
                        + Arrays.toString(entry.getValue().shape()) + " in the first and "
                        + Arrays.toString(theirs.shape()) + " in the second");
            }
        }
        for (String key : other.keySet()) {
            if (!one.containsKey(key)) {
                differences.add("\"" + key + "\" is in the second alone");
            }
        }
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("the dicts differ: " + KeyList.plain(differences));
        }
    }
}
