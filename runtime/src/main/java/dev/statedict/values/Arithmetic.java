package dev.statedict.values;

import dev.statedict.Policy;
import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StoredType;
import dev.statedict.storage.StorageSet;
import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import dev.statedict.text.KeyList;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.PrimitiveEntries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Dicts computed from dicts. Only floating-point parameters and buffers are computed; counters, and buffers stored as
 * integers, are left as they are in the first dict, for a mean of counts means nothing.
 */
public final class Arithmetic {
    private Arithmetic() {}

    /** {@code start + weight * (end - start)}, element by element (PyTorch's {@code torch.lerp}). */
    public static StateDict lerp(StateDict start, StateDict end, double weight) {
        SameForm.require(start, end);
        StateDict result = start.copy();
        for (String key : start.keySet()) {
            if (isComputed(start, key)) {
                Tensor from = find(start, key);
                Tensor to = find(end, key);
                find(result, key)
                        .copyFrom(
                                from.elementType() == ElementType.F32
                                        ? lerp(from.toArray(), to.toArray(), (float) weight, from.shape())
                                        : lerp(from.toDoubleArray(), to.toDoubleArray(), weight, from.shape()));
            }
        }
        return result;
    }

    /** By torch.lerp's own two forms, each exact at its end, and fused as there. */
    private static Tensor lerp(float[] from, float[] to, float weight, int[] shape) {
        for (int i = 0; i < from.length; i++) {
            float difference = to[i] - from[i];
            from[i] = Math.abs(weight) < 0.5f
                    ? Math.fma(weight, difference, from[i])
                    : Math.fma(weight - 1, difference, to[i]);
        }
        return Tensor.wrap(from, shape);
    }

    private static Tensor lerp(double[] from, double[] to, double weight, int[] shape) {
        for (int i = 0; i < from.length; i++) {
            double difference = to[i] - from[i];
            from[i] = Math.abs(weight) < 0.5
                    ? Math.fma(weight, difference, from[i])
                    : Math.fma(weight - 1, difference, to[i]);
        }
        return Tensor.wrap(from, shape);
    }

    /** The mean of each element, summed in double precision. */
    public static StateDict average(List<StateDict> dicts) {
        if (dicts.isEmpty()) {
            throw new IllegalArgumentException("there is no average of no dicts; give at least one");
        }
        StateDict first = dicts.get(0);
        SameForm.require(dicts);
        StateDict result = first.copy();
        for (String key : first.keySet()) {
            if (isComputed(first, key)) {
                find(result, key).copyFrom(mean(dicts, key));
            }
        }
        return result;
    }

    /** The floating-point entries as another type, each tie once; the others copied. */
    public static StateDict to(StateDict dict, ElementType type) {
        if (!type.isFloatingPoint()) {
            throw new IllegalArgumentException(
                    type + " is no floating-point type; convert single tensors by Tensor.to, or give F32 or F64");
        }
        StateDictBuilder builder = StateDict.builder();
        TieGroups<Tensor> converted = new TieGroups<>(dict.size());
        dict.copy().forEach((key, before) -> {
            Tensor after = before;
            if (before.elementType().isFloatingPoint() && before.elementType() != type) {
                Tensor tied = converted.get(before);
                after = tied == null ? convert(key, before, type) : tied;
                converted.put(before, after);
            }
            // what was stored as it was in memory stays so
            boolean own = dict.storedType(key) == StoredType.of(before.elementType());
            builder.put(key, after, dict.role(key), own ? StoredType.of(after.elementType()) : dict.storedType(key));
        });
        dict.extraState().forEach((path, value) -> new ExtraStateValue(value).addTo(builder, path));
        dict.versions().forEach(builder::version);
        return builder.build();
    }

    private static Tensor convert(String key, Tensor tensor, ElementType type) {
        try {
            return tensor.to(type);
        } catch (ArithmeticException inexact) {
            throw new ArithmeticException("\"" + key + "\": " + inexact.getMessage());
        }
    }

    /** Writes all elements of one dict into another, which may share storage with it. */
    public static void copy(StateDict source, StateDict target) {
        SameForm.require(source, target);
        requireSameExtraState(source, target);
        requireNoLivePrimitives(source, target);
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

    private static Tensor mean(List<StateDict> dicts, String key) {
        Tensor first = find(dicts.get(0), key);
        double[] sums = new double[first.numel()];
        // the sum of negative zeros alone is a negative zero
        Arrays.fill(sums, -0.0);
        for (StateDict dict : dicts) {
            double[] values = find(dict, key).toDoubleArray();
            for (int j = 0; j < sums.length; j++) {
                sums[j] += values[j];
            }
        }
        if (first.elementType() == ElementType.F64) {
            return Tensor.wrap(
                    Arrays.stream(sums).map(sum -> sum / dicts.size()).toArray(), first.shape());
        }
        float[] means = new float[sums.length];
        for (int j = 0; j < means.length; j++) {
            means[j] = (float) (sums[j] / dicts.size());
        }
        return Tensor.wrap(means, first.shape());
    }

    private static boolean isComputed(StateDict dict, String key) {
        return dict.role(key) != Role.COUNTER
                && find(dict, key).elementType().isFloatingPoint()
                && switch (dict.storedType(key)) {
                    case F64, F32, F16, BF16, F8_E4M3, F8_E5M2, F8_E4M3FNUZ, F8_E5M2FNUZ -> true;
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

    /** A primitive of a live dict is what the module had at the time of the call: nothing leads back to the module. */
    private static void requireNoLivePrimitives(StateDict source, StateDict target) {
        if (target.policy() != Policy.ALIAS) {
            return;
        }
        List<String> primitives = target.keySet().stream()
                .filter(key ->
                        PrimitiveEntries.has(target, key) && !find(source, key).contentEquals(find(target, key)))
                .toList();
        if (!primitives.isEmpty()) {
            boolean counters = primitives.stream().allMatch(key -> target.role(key) == Role.COUNTER);
            throw new IllegalArgumentException("the target is live, and its " + (counters ? "counters" : "primitives")
                    + " cannot be set: " + KeyList.quoted(primitives) + "; loadStateDict sets those of a module");
        }
    }
}
