package dev.statedict.tree;

import dev.statedict.Role;
import dev.statedict.StateHooks;
import dev.statedict.StateMigration;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a walk tells of a module tree, in the order of a state dict. */
abstract class TreeListener extends MemberKinds {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /** A tensor held in a field. */
    protected abstract void tensor(ModulePath module, String name, Role role, Tensor value);

    /** A tensor held as an array, or an array of arrays, in a field; it shares the array. */
    protected void array(ModulePath module, String name, Role role, Object value) {
        tensor(module, name, role, wrap(module, name, value));
    }

    /**
     * The tensor on an array, or on the rows of an array of arrays.
     *
     * @throws IllegalStateException where that is not rectangular
     */
    protected static Tensor wrap(ModulePath module, String name, Object array) {
        try {
            return TENSORS.wrap(array);
        } catch (IllegalArgumentException notRectangular) {
            throw new IllegalStateException(
                    "\"" + module.key(name) + "\" is no tensor: " + notRectangular.getMessage()
                            + ". Where its rows are tensors by themselves, write list = true in its annotation: then each is"
                            + " an entry, \"" + module.key(name) + ".0\" and so on",
                    notRectangular);
        }
    }

    /** A tensor held in a container, which is a list, an array or a map. */
    protected void element(ModulePath path, String name, Role role, Tensor value, Object container) {
        tensor(path, name, role, value);
    }

    /** A boxed number held in a container, which is a list, an array or a map. */
    protected void primitiveElement(ModulePath path, String name, Role role, Object value, Object container) {
        primitive(path, name, role, value);
    }

    /** A primitive, boxed. */
    protected abstract void primitive(ModulePath module, String name, Role role, Object value);

    /** The extra state of a module: null, or of the given type, {@code String} or {@code Map}. */
    protected abstract void extraState(ModulePath module, Class<?> type, @Nullable Object value);

    /** A member that is null, and so left out. */
    protected void absent(ModulePath module, String name) {}

    /** A module, before its members. */
    protected void enterModule(ModulePath at, Stateful module) {}

    /** A module with hooks, before its members. */
    protected void enterHooked(ModulePath at, StateHooks module) {}

    /** A module with hooks, after its children. */
    protected void leaveHooked(ModulePath at, StateHooks module) {}

    /** A container, before its elements. */
    protected void enterContainer(ModulePath at) {}

    protected void declareVersion(ModulePath module, int version, @Nullable StateMigration migration) {}

    protected void declareFormerly(ModulePath module, String name, String oldName) {}

    protected void declareRetired(ModulePath module, String pattern) {}

    protected void declareAddedIn(ModulePath module, String name, int version) {}

    protected void declareShape(ModulePath module, String name, List<String> sizes) {}
}
