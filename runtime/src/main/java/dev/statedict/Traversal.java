package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks a module tree and tells a subclass its members in the order of a state dict: for each module, over its whole
 * class hierarchy, parameters, then persistent buffers, then extra state, then children (PyTorch's
 * {@code Module._save_to_state_dict}, called before the children). Containers of tensors are children too, as
 * {@code ParameterList} is a module.
 */
abstract class Traversal extends StateVisitor {
    /** A member that waits for its group's turn. */
    private record Waiting(
            String name, @Nullable Role role, @Nullable Object value) {}

    private record ExtraState(Class<?> type, @Nullable Object value) {}

    // modules and containers
    private final List<Object> onPath = new ArrayList<>();
    private ModulePath path = ModulePath.ROOT;
    private List<Waiting> buffers = List.of();
    private List<Waiting> children = List.of();
    private @Nullable ExtraState extraState;
    private final MemberNames names = new MemberNames();
    private final DeclaredTies declaredTies = new DeclaredTies();

    /** A tensor held in a field. */
    abstract void tensor(ModulePath module, String name, Role role, Tensor value);

    /** A tensor held as an array in a field. */
    abstract void array(ModulePath module, String name, Role role, float[] value);

    /** A tensor held in a container, which is a list, an array or a map. */
    abstract void element(ModulePath path, String name, Role role, Tensor value, Object container);

    /** A primitive: a {@code Boolean}, {@code Integer}, {@code Long} or {@code Float}. */
    abstract void counter(ModulePath module, String name, Object value);

    /** The extra state of a module: null, or of the given type, {@code String} or {@code Map}. */
    abstract void extraState(ModulePath module, Class<?> type, @Nullable Object value);

    /** A module, before its members. */
    void enterModule(ModulePath at, Stateful module) {}

    /** A module, after its children. */
    void leaveModule(ModulePath at, Stateful module) {}

    /** A container, before its elements. */
    void enterContainer(ModulePath at) {}

    void declareVersion(ModulePath module, int version, @Nullable StateMigration migration) {}

    void declareFormerly(ModulePath module, String name, String oldName) {}

    void declareRetired(ModulePath module, String pattern) {}

    void declareAddedIn(ModulePath module, String name, int version) {}

    void declareShape(ModulePath module, String name, String sizes) {}

    final void walk(Stateful module) {
        module(ModulePath.ROOT, module);
    }

    /** The ties that the visited modules declare, not checked yet. */
    final DeclaredTies declaredTies() {
        return declaredTies;
    }

    private void module(ModulePath at, Stateful module) {
        refuseCycle(at, module);
        ModulePath outerPath = path;
        List<Waiting> outerBuffers = buffers;
        List<Waiting> outerChildren = children;
        ExtraState outerExtraState = extraState;
        path = at;
        buffers = List.of();
        children = List.of();
        extraState = null;
        onPath.add(module);
        int outerNames = names.begin();
        enterModule(at, module);
        module.visitState(this);
        names.end(outerNames);
        List<Waiting> ownChildren = children;
        for (Waiting buffer : buffers) {
            flushBuffer(at, buffer);
        }
        if (extraState != null) {
            extraState(at, extraState.type(), extraState.value());
        }
        for (Waiting child : ownChildren) {
            flushChild(at, child.name(), child.role(), child.value());
        }
        leaveModule(at, module);
        onPath.remove(onPath.size() - 1);
        path = outerPath;
        buffers = outerBuffers;
        children = outerChildren;
        extraState = outerExtraState;
    }

    private void refuseCycle(ModulePath at, Object moduleOrContainer) {
        for (Object above : onPath) {
            if (above == moduleOrContainer) {
                throw new IllegalStateException(
                        "the " + (above instanceof Stateful ? "module" : "container") + " at \"" + at + "\" ("
                                + above.getClass().getSimpleName()
                                + ") contains itself: it was already met on this path; break the cycle with a transient field");
            }
        }
    }

    private void flushBuffer(ModulePath at, Waiting buffer) {
        Object value = buffer.value();
        if (value instanceof Tensor tensor) {
            tensor(at, buffer.name(), Role.BUFFER, tensor);
        } else if (value instanceof float[] array) {
            array(at, buffer.name(), Role.BUFFER, array);
        } else if (value != null) {
            counter(at, buffer.name(), value);
        }
    }

    /** A child is a module, or a container at any depth; {@code role} is that of its tensors where it holds tensors. */
    private void flushChild(ModulePath at, String name, @Nullable Role role, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (value instanceof Stateful module) {
            module(at.child(name), module);
        } else if (value instanceof Optional<?> optional) {
            flushChild(at, name, role, optional.orElse(null));
        } else {
            flushContainer(at.child(name), role, value);
        }
    }

    private void flushContainer(ModulePath at, @Nullable Role role, Object container) {
        refuseCycle(at, container);
        onPath.add(container);
        enterContainer(at);
        if (container instanceof List<?> list) {
            int index = 0;
            for (Object element : list) {
                flushElement(at, Integer.toString(index++), role, element, container);
            }
        } else if (container instanceof Object[] array) {
            for (int index = 0; index < array.length; index++) {
                flushElement(at, Integer.toString(index), role, array[index], container);
            }
        } else if (container instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : KeyOrder.of(map).entrySet()) {
                flushElement(at, checkedKey(at, entry.getKey()), role, entry.getValue(), container);
            }
        } else {
            throw new IllegalArgumentException("\"" + at + "\" holds a "
                    + container.getClass().getName()
                    + ", which is neither a module nor a List, array, Map or Optional of"
                    + " modules");
        }
        onPath.remove(onPath.size() - 1);
    }

    private void flushElement(
            ModulePath at, String name, @Nullable Role role, @Nullable Object element, Object container) {
        if (role == null) {
            flushChild(at, name, null, element);
        } else if (element instanceof Tensor tensor) {
            element(at, name, role, tensor, container);
        }
    }

    /** As {@code ModuleDict} and {@code register_parameter} check names. */
    private static String checkedKey(ModulePath at, @Nullable Object key) {
        if (!(key instanceof String name)) {
            throw new IllegalStateException("the map at \"" + at + "\" has the key " + key + ": keys must be strings");
        }
        String problem = MemberNames.problem(name);
        if (problem != null) {
            throw new IllegalStateException("the map at \"" + at + "\" has the key \"" + name + "\": " + problem);
        }
        return name;
    }

    private void waitAsBuffer(String name, @Nullable Object value) {
        if (value == null) {
            return;
        }
        declare(name);
        if (buffers.isEmpty()) {
            buffers = new ArrayList<>();
        }
        buffers.add(new Waiting(name, Role.BUFFER, value));
    }

    private void waitAsChild(String name, @Nullable Role role, @Nullable Object value) {
        if (value == null) {
            return;
        }
        declare(name);
        if (children.isEmpty()) {
            children = new ArrayList<>();
        }
        children.add(new Waiting(name, role, value));
    }

    private void declare(String name) {
        String problem = MemberNames.problem(name);
        if (problem != null) {
            throw new IllegalStateException("a member of the module at \"" + path + "\" ("
                    + visited().getClass().getSimpleName() + ") is named \"" + name + "\": " + problem);
        }
        declareOnce(name);
    }

    private void declareOnce(String name) {
        if (!names.add(name)) {
            throw new IllegalStateException("two members share the key \"" + path.key(name) + "\"; rename one of them");
        }
    }

    /** The module whose members are being told. */
    final Stateful visited() {
        return (Stateful) onPath.get(onPath.size() - 1);
    }

    @Override
    public final void parameter(String name, @Nullable Tensor value) {
        if (value != null) {
            declare(name);
            tensor(path, name, Role.PARAMETER, value);
        }
    }

    @Override
    public final void parameter(String name, float @Nullable [] value) {
        if (value != null) {
            declare(name);
            array(path, name, Role.PARAMETER, value);
        }
    }

    @Override
    public final void parameter(String name, @Nullable Optional<Tensor> value) {
        parameter(name, value == null ? null : value.orElse(null));
    }

    @Override
    public final void parameters(String name, @Nullable List<? extends @Nullable Tensor> values) {
        waitAsChild(name, Role.PARAMETER, values);
    }

    @Override
    public final void parameters(String name, @Nullable Tensor @Nullable [] values) {
        waitAsChild(name, Role.PARAMETER, values);
    }

    @Override
    public final void parameters(String name, @Nullable Map<String, ? extends @Nullable Tensor> values) {
        waitAsChild(name, Role.PARAMETER, values);
    }

    @Override
    public final void buffer(String name, @Nullable Tensor value) {
        waitAsBuffer(name, value);
    }

    @Override
    public final void buffer(String name, float @Nullable [] value) {
        waitAsBuffer(name, value);
    }

    @Override
    public final void buffer(String name, @Nullable Optional<Tensor> value) {
        waitAsBuffer(name, value == null ? null : value.orElse(null));
    }

    @Override
    public final void buffers(String name, @Nullable List<? extends @Nullable Tensor> values) {
        waitAsChild(name, Role.BUFFER, values);
    }

    @Override
    public final void buffers(String name, @Nullable Tensor @Nullable [] values) {
        waitAsChild(name, Role.BUFFER, values);
    }

    @Override
    public final void buffers(String name, @Nullable Map<String, ? extends @Nullable Tensor> values) {
        waitAsChild(name, Role.BUFFER, values);
    }

    @Override
    public final void counter(String name, boolean value) {
        waitAsBuffer(name, value);
    }

    @Override
    public final void counter(String name, int value) {
        waitAsBuffer(name, value);
    }

    @Override
    public final void counter(String name, long value) {
        waitAsBuffer(name, value);
    }

    @Override
    public final void counter(String name, float value) {
        waitAsBuffer(name, value);
    }

    @Override
    public final void tiedTo(String name, String other) {
        declaredTies.add(path.key(name), path.key(other));
    }

    @Override
    public final void version(int version) {
        declareVersion(path, version, null);
    }

    @Override
    public final void version(int version, StateMigration migration) {
        declareVersion(path, version, migration);
    }

    @Override
    public final void formerly(String name, String oldName) {
        declareFormerly(path, name, oldName);
    }

    @Override
    public final void retired(String pattern) {
        declareRetired(path, pattern);
    }

    @Override
    public final void addedIn(String name, int version) {
        declareAddedIn(path, name, version);
    }

    @Override
    public final void shape(String name, String sizes) {
        declareShape(path, name, sizes);
    }

    @Override
    public final void extraState(@Nullable String value) {
        declareOnce(StateAssigner.EXTRA_STATE);
        extraState = new ExtraState(String.class, value);
    }

    @Override
    public final void extraState(@Nullable Map<String, String> value) {
        declareOnce(StateAssigner.EXTRA_STATE);
        extraState = new ExtraState(Map.class, value);
    }

    @Override
    public final void submodule(String name, @Nullable Stateful module) {
        waitAsChild(name, null, module);
    }

    @Override
    public final void submodule(String name, @Nullable Optional<? extends Stateful> module) {
        waitAsChild(name, null, module);
    }

    @Override
    public final void submodules(String name, @Nullable List<?> modules) {
        waitAsChild(name, null, modules);
    }

    @Override
    public final void submodules(String name, @Nullable Object @Nullable [] modules) {
        waitAsChild(name, null, modules);
    }

    @Override
    public final void submodules(String name, @Nullable Map<String, ?> modules) {
        waitAsChild(name, null, modules);
    }

    @Override
    public final void submodules(String name, @Nullable Optional<?> modules) {
        waitAsChild(name, null, modules);
    }
}
