package dev.statedict.storage;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map by tie: tensors with the same arrays, offset, shape and strides are one key.
 *
 * @param <V> the values
 */
public final class TieGroups<V> {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private record Tie(Tensor tensor) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Tie tie && tied(tensor, tie.tensor);
        }

        @Override
        public int hashCode() {
            // of views of one storage, most differ in where they begin
            return System.identityHashCode(TENSORS.array(tensor, 0)) + tensor.storageOffset() * 0x9E3779B9;
        }
    }

    private final Map<Tie, V> values;

    /**
     * An empty map.
     *
     * @param expected about how many ties there will be
     */
    public TieGroups(int expected) {
        values = new HashMap<>(expected);
    }

    public static boolean tied(Tensor one, Tensor other) {
        return TENSORS.areTied(one, other);
    }

    /** The value of the tensor's tie before, or null when it is the first of its tie. */
    public @Nullable V put(Tensor tensor, V value) {
        return values.put(new Tie(tensor), value);
    }

    public @Nullable V get(Tensor tensor) {
        return values.get(new Tie(tensor));
    }
}
