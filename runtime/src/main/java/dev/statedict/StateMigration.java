package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.Map;

/**
 * Brings the state of one module from an earlier version of its class to the current one, where names alone cannot
 * express the change. A module tells it together with its version:
 *
 * {@snippet class="com.example.Migrated" region="migration"}
 */
@FunctionalInterface
public interface StateMigration {
    /**
     * Changes the view of the state, never a tensor of it. It runs before former names are resolved, and once for each
     * module of the class in the tree.
     *
     * @param state what the dict has for the module and its submodules, under the module's own keys; shared tensors
     * @param version the version of the class that made it, less than the current one
     * @return the state as the current version names and shapes it; of a plain map, extra state stays, and so do the role
     *     and stored type of each key that stays
     */
    Map<String, Tensor> migrate(StateDict state, int version);
}
