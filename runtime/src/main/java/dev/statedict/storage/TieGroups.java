package dev.statedict.storage;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import org.jspecify.annotations.Nullable;

/**
 * A map by tie: tensors with the same arrays, offset, shape and strides are one key.
 *
 * @param <V> the values
 */
public final class TieGroups<V> {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private record Group<V>(Tensor tensor, V value) {}

    // a hash table: the next slot is tried where one is taken; at most half are
    private @Nullable Group<V>[] slots;
    private int size;

    /**
     * An empty map.
     *
     * @param expected about how many ties there will be
     */
    public TieGroups(int expected) {
        slots = table(Math.max(Integer.highestOneBit(expected) * 4, 8));
    }

    public static boolean tied(Tensor one, Tensor other) {
        return TENSORS.areTied(one, other);
    }

    /** The value of the tensor's tie before, or null when it is the first of its tie. */
    @Nullable
    public V put(Tensor tensor, V value) {
        int slot = slot(tensor);
        Group<V> before = slots[slot];
        slots[slot] = new Group<>(tensor, value);
        if (before != null) {
            return before.value();
        }
        if (++size * 2 > slots.length) {
            grow();
        }
        return null;
    }

    @Nullable
    public V get(Tensor tensor) {
        Group<V> group = slots[slot(tensor)];
        return group == null ? null : group.value();
    }

    private void grow() {
        @Nullable Group<V>[] before = slots;
        slots = table(before.length * 2);
        for (Group<V> group : before) {
            if (group != null) {
                slots[slot(group.tensor())] = group;
            }
        }
    }

    /** Where the tensor's tie stands, or would stand. */
    private int slot(Tensor tensor) {
        int mask = slots.length - 1;
        // of views of one storage, most differ in where they begin
        Object array = TENSORS.arrayCount(tensor) == 0 ? TENSORS : TENSORS.array(tensor, 0);
        int hash = System.identityHashCode(array) + tensor.storageOffset() * 0x9E3779B9;
        int slot = hash & mask;
        for (Group<V> group = slots[slot]; group != null && !tied(group.tensor(), tensor); group = slots[slot]) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    // an array cannot be made of a generic type
    @SuppressWarnings("unchecked")
    private static <V> @Nullable Group<V>[] table(int length) {
        return (Group<V>[]) new Group<?>[length];
    }
}
