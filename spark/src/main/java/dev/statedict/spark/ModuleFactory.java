package dev.statedict.spark;

import dev.statedict.Stateful;
import java.io.Serializable;

/**
 * Makes modules, on the driver and on executors, where a raw module never goes: what travels is this and a state dict.
 *
 * @param <M> the module's class
 */
@FunctionalInterface
public interface ModuleFactory<M extends Stateful> extends Serializable {
    /**
     * A new module.
     *
     * @return one that shares nothing with another; what is in it does not matter, for a state dict is loaded into it
     */
    M create();
}
