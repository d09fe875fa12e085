package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ties that the modules of a tree declare, by whole keys. */
final class DeclaredTies {
    private final Map<String, String> others = new LinkedHashMap<>();

    void add(String key, String other) {
        others.put(key, other);
    }

    boolean isEmpty() {
        return others.isEmpty();
    }

    /** Whether one of the ties names the key, on either side. */
    boolean contains(String key) {
        return others.containsKey(key) || others.containsValue(key);
    }

    /**
     * Holds the ties against the tensors.
     *
     * @throws IllegalStateException when a tie does not hold
     */
    void check(Function<String, @Nullable Tensor> tensors) {
        others.forEach((key, other) -> {
            Tensor tensor = tensors.apply(key);
            Tensor otherTensor = tensors.apply(other);
            if (tensor == null) {
                return;
            }
            if (otherTensor == null) {
                throw new IllegalStateException("\"" + key + "\" is declared as tied to \"" + other
                        + "\", and there is no such key; a declared key is seen from the module that declares it");
            }
            if (!TieGroups.tied(tensor, otherTensor)) {
                throw new IllegalStateException("\"" + key + "\" is declared as tied to \"" + other
                        + "\" but is not: assign the same tensor to both");
            }
        });
    }
}
