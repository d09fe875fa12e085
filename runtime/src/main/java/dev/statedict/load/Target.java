package dev.statedict.load;

import dev.statedict.StateAssigner;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.CounterType;
import dev.statedict.tree.ModulePath;

/** A place in a module that a load fills. */
public sealed interface Target {
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
     * @param holder the module, where a field of it holds the tensor, else the list, array or map
     */
    record OfTensor(ModulePath module, String name, Tensor current, Object holder) implements Target {}

    /** A place without storage, which is always assigned. A module on several paths has one, under several keys. */
    sealed interface OfValue extends Target {
        /** The module whose member it is. */
        Stateful owner();
    }

    /**
     * A primitive.
     *
     * @param module the path of the module
     * @param owner the module
     * @param name the key within it
     * @param type its type
     */
    record OfCounter(ModulePath module, Stateful owner, String name, CounterType type) implements OfValue {}

    /**
     * Extra state.
     *
     * @param module the path of the module
     * @param owner the module
     * @param type {@code String} or {@code Map}
     */
    record OfExtraState(ModulePath module, Stateful owner, Class<?> type) implements OfValue {
        @Override
        public String name() {
            return StateAssigner.EXTRA_STATE;
        }
    }
}
