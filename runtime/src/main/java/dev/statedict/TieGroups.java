package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map by tie: tensors with the same storage, offset, shape and strides are one key.
 *
 * @param <V> the values
 */
final class TieGroups<V> {
    private static final class Group<V> {
        final Tensor tensor;
        V value;

        Group(Tensor tensor, V value) {
            this.tensor = tensor;
            this.value = value;
        }
    }

    private final Map<float[], List<Group<V>>> byStorage = new IdentityHashMap<>();

    static boolean tied(Tensor one, Tensor other) {
        return one.storage() == other.storage() && one.hasSameLayoutAs(other);
    }

    /** The value of the tensor's tie before, or null when it is the first of its tie. */
    @Nullable
    V put(Tensor tensor, V value) {
        List<Group<V>> sharing = byStorage.computeIfAbsent(tensor.storage(), storage -> new ArrayList<>(1));
        Group<V> group = find(sharing, tensor);
        if (group == null) {
            sharing.add(new Group<>(tensor, value));
            return null;
        }
        V before = group.value;
        group.value = value;
        return before;
    }

    @Nullable
    V get(Tensor tensor) {
        Group<V> group = find(byStorage.getOrDefault(tensor.storage(), List.of()), tensor);
        return group == null ? null : group.value;
    }

    private @Nullable Group<V> find(List<Group<V>> sharing, Tensor tensor) {
        for (Group<V> group : sharing) {
            if (tied(group.tensor, tensor)) {
                return group;
            }
        }
        return null;
    }
}
