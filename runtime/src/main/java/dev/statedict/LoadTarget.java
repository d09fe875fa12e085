package dev.statedict;

import dev.statedict.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A place in a module that a load fills. */
sealed interface LoadTarget {
    ModulePath module();

    String name();

    default String key() {
        return module().key(name());
    }

    /**
     * A tensor that the module holds.
     *
     * @param module the path of the module, or of the container
     * @param name the key within it
     * @param current the tensor it holds now; written to under COPY, replaced under ALIAS
     * @param container the list, array or map that holds it, or null when a field does
     */
    record OfTensor(
            ModulePath module,
            String name,
            Tensor current,
            @Nullable Object container) implements LoadTarget {}

    /**
     * A primitive, which is always assigned.
     *
     * @param module the path of the module
     * @param name the key within it
     * @param type its type
     */
    record OfCounter(ModulePath module, String name, CounterType type) implements LoadTarget {}

    /**
     * Extra state, which is always assigned.
     *
     * @param module the path of the module
     * @param type {@code String} or {@code Map}
     */
    record OfExtraState(ModulePath module, Class<?> type) implements LoadTarget {
        @Override
        public String name() {
            return StateAssigner.EXTRA_STATE;
        }
    }
}
