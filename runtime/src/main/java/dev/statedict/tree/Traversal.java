package dev.statedict.tree;

import dev.statedict.Role;
import dev.statedict.StateAssigner;
import dev.statedict.StateHooks;
import dev.statedict.StateMigration;
import dev.statedict.Stateful;
import dev.statedict.tensor.AsTensor;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks a module tree and tells a subclass its members in the order of a state dict: for each module, over its whole
 * class hierarchy, parameters, then persistent buffers, then extra state, then children (PyTorch's
 * {@code Module._save_to_state_dict}, called before the children). Containers of tensors are children too, as
 * {@code ParameterList} is a module.
 *
 * <p>The members that wait, the levels of the path and their names are kept in arrays that live as long as the walk: with
 * collections of the JDK a capture allocates 261 bytes per tensor, with these 57, nearly all of it the entry itself
 * (measured as {@code garbage} by the benchmarks, which hold it).
 *
 * <p>Of a module that tells {@linkplain dev.statedict.StateVisitor#fieldsInOrder fields in order} nothing waits, a child is
 * walked while it is told, and no name is looked at: a dict of 2,000 tensors in 1,111 modules takes 13.6 us of thread
 * time so, and 22.8 us where all wait and are looked at; a map filled by hand takes 16.
 */
public abstract class Traversal extends MemberVisitor {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private record ExtraState(Class<?> type, @Nullable Object value) {}

    private final DescentPath descent = new DescentPath();
    private final WaitingMembers children = new WaitingMembers();
    private final WaitingMembers buffers = new WaitingMembers();
    private @Nullable ExtraState extraState;
    // of the module whose members are being told
    private DescentPath.Level level = new DescentPath.Level();
    private final DeclaredTies declaredTies = new DeclaredTies();

    private final boolean asksTwice;
    private final FirstAnswers answers = new FirstAnswers();
    private final List<HandedOutCopy> copies = new ArrayList<>(0);

    /** Goes by what each module tells first. */
    protected Traversal() {
        this(false);
    }

    /**
     * Goes by what each module tells first.
     *
     * @param asksTwice whether it is asked again where it may hand out copies, to find them
     */
    protected Traversal(boolean asksTwice) {
        this.asksTwice = asksTwice;
    }

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

    /**
     * Walks a tree.
     *
     * @throws IllegalStateException when it cannot be walked; the message says where, and why
     */
    protected final void walk(Stateful module) {
        try {
            module(ModulePath.ROOT, module);
        } catch (StackOverflowError tooDeep) {
            throw new IllegalStateException(descent.tooDeep(), tooDeep);
        } catch (RuntimeException thrown) {
            throw ofAccessor(level.path(), thrown);
        }
    }

    /** The ties that the visited modules declare, not checked yet. */
    public final DeclaredTies declaredTies() {
        return declaredTies;
    }

    /** What is made anew each time it is told. */
    public final List<HandedOutCopy> copies() {
        return copies;
    }

    private void module(ModulePath at, Stateful module) {
        DescentPath.Level mine = descent.descend(at, module);
        enterModule(at, module);
        if (mine.hasHooks()) {
            enterHooked(at, (StateHooks) module);
        }
        int first = children.size();
        level = mine;
        module.visitState(this);
        if (!mine.isInOrder()) {
            flush(at, first);
        }
        if (mine.isToBeLeft()) {
            leave(at, module, mine);
        }
        descent.ascend();
    }

    private void flush(ModulePath at, int firstChild) {
        for (int i = 0; i < buffers.size(); i++) {
            buffer(at, buffers.name(i), buffers.value(i));
        }
        buffers.shrinkTo(0);
        if (extraState != null) {
            extraState(at, extraState.type(), extraState.value());
            extraState = null;
        }
        int end = children.size();
        for (int i = firstChild; i < end; i++) {
            flushChild(at, children.name(i), children.value(i));
        }
        children.shrinkTo(firstChild);
    }

    private void leave(ModulePath at, Stateful module, DescentPath.Level mine) {
        if (mine.takeAskAgain()) {
            // comes after the children, so that what contains itself is known by then
            copies.addAll(answers.compare(at, module, mine));
        }
        if (mine.hasHooks()) {
            leaveHooked(at, (StateHooks) module);
        }
    }

    private void buffer(ModulePath at, String name, Object value) {
        if (value instanceof Tensor tensor) {
            tensor(at, name, Role.BUFFER, tensor);
        } else if (value.getClass().isArray()) {
            array(at, name, Role.BUFFER, value);
        } else {
            primitive(at, name, Role.COUNTER, value);
        }
    }

    private void flushChild(ModulePath at, String name, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (value instanceof Stateful module) {
            module(at.child(name), module);
        } else if (value instanceof TensorContainer tensors) {
            flushContainer(at.child(name), tensors.role(), tensors.container());
        } else if (value instanceof Asked asked) {
            flushAsked(at, name, asked.container());
        } else if (value instanceof Optional<?> optional) {
            flushChild(at, name, optional.orElse(null));
        } else {
            flushContainer(at.child(name), null, value);
        }
    }

    /** A container at any depth; {@code role} is that of its tensors, or null where it holds modules. */
    private void flushContainer(ModulePath at, @Nullable Role role, Object container) {
        descent.descend(at, container);
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
                flushElement(at, ContainerKeys.checked(at, entry.getKey()), role, entry.getValue(), container);
            }
        } else {
            throw new IllegalArgumentException("\"" + at + "\" holds a "
                    + container.getClass().getName()
                    + ", which is neither a module nor a List, array, Map or Optional of"
                    + " modules");
        }
        descent.ascend();
    }

    private void flushElement(
            ModulePath at, String name, @Nullable Role role, @Nullable Object element, Object container) {
        if (role == null) {
            flushChild(at, name, element);
        } else if (element instanceof Tensor tensor) {
            element(at, name, role, tensor, container);
        } else if (element instanceof AsTensor other) {
            Tensor tensor = Objects.requireNonNull(seen(at.key(name), other));
            if (asksTwice && tensor.numel() > 0 && !tensor.sharesStorageWith(other.asTensor())) {
                String type = other.getClass().getSimpleName();
                copies.add(new HandedOutCopy(at.key(name), type, type + ".asTensor()", true));
            }
            element(at, name, role, tensor, container);
        } else if (element != null && element.getClass().isArray()) {
            element(at, name, role, wrap(at, name, element), container);
        } else if (element != null && PrimitiveType.isBoxed(element)) {
            primitiveElement(at, name, role == Role.BUFFER ? Role.COUNTER : role, element, container);
        } else if (element != null) {
            throw noTensor(at.key(name), element);
        }
    }

    /** Finds the modules in a value that may be anything. */
    private void flushAsked(ModulePath at, String name, @Nullable Object value) {
        if (value instanceof Stateful module) {
            module(at.child(name), module);
        } else if (value instanceof Optional<?> optional) {
            flushAsked(at, name, optional.orElse(null));
        } else if (value != null && ModuleSearch.holdsModule(value)) {
            flushAskedContainer(at.child(name), value);
        }
    }

    private void flushAskedContainer(ModulePath at, Object container) {
        descent.descend(at, container);
        enterContainer(at);
        if (container instanceof List<?> list) {
            int index = 0;
            for (Object element : list) {
                flushAsked(at, Integer.toString(index++), element);
            }
        } else if (container instanceof Object[] array) {
            for (int index = 0; index < array.length; index++) {
                flushAsked(at, Integer.toString(index), array[index]);
            }
        } else if (container instanceof Map<?, ?> map) {
            ContainerKeys.modules(at, map).forEach((name, value) -> flushAsked(at, name, value));
        } else {
            throw ContainerKeys.nameless(at, container instanceof Set ? "a Set" : "a collection");
        }
        descent.ascend();
    }

    @Override
    protected final void parameterTensor(String name, Tensor value) {
        DescentPath.Level mine = level;
        declare(mine, name, value);
        tensor(mine.path(), name, Role.PARAMETER, value);
    }

    @Override
    protected final void parameterArray(String name, Object value) {
        declare(level, name, value);
        array(level.path(), name, Role.PARAMETER, value);
    }

    @Override
    protected final void parameterPrimitive(String name, Object value) {
        declare(level, name, value);
        primitive(level.path(), name, Role.PARAMETER, value);
    }

    @Override
    protected final void anyBuffer(String name, Object value) {
        if (level.isInOrder()) {
            buffer(level.path(), name, value);
        } else {
            declare(level, name, value);
            buffers.add(name, value);
        }
    }

    @Override
    protected final void child(String name, Stateful module) {
        DescentPath.Level mine = level;
        if (mine.isInOrder()) {
            module(mine.path().child(name), module);
            level = mine;
        } else {
            wait(mine, name, module);
        }
    }

    @Override
    protected final void anyChild(String name, Object value) {
        DescentPath.Level mine = level;
        if (mine.isInOrder()) {
            flushChild(mine.path(), name, value);
            level = mine;
        } else {
            wait(mine, name, value);
        }
    }

    private void wait(DescentPath.Level mine, String name, Object child) {
        declare(mine, name, child);
        children.add(name, child);
    }

    @Override
    protected final void anyExtraState(Class<?> type, @Nullable Object value) {
        if (level.isInOrder()) {
            extraState(level.path(), type, value);
            return;
        }
        takeAccessor(StateAssigner.EXTRA_STATE);
        if (extraState != null) {
            throw twice(StateAssigner.EXTRA_STATE);
        }
        extraState = new ExtraState(type, value);
    }

    @Override
    protected final void absent(String name) {
        takeAccessor(name);
        absent(level.path(), name);
    }

    private void declare(DescentPath.Level mine, String name, Object value) {
        if (!mine.isInOrder() && !mine.names().add(name)) {
            declareWatched(name, value);
        }
    }

    private void declareWatched(String name, Object value) {
        String accessor = takeAccessor(name);
        if (!level.names().areSound()) {
            throw unsound(name);
        }
        if (asksTwice && (accessor != null || level.names().areWatched())) {
            answers.add(level, name, value, accessor);
            level.askAgain();
        }
    }

    private IllegalStateException unsound(String name) {
        String problem = MemberNames.problem(name);
        if (problem == null) {
            return twice(name);
        }
        return new IllegalStateException("a member of the module at \"" + level.path() + "\" ("
                + visited().getClass().getSimpleName() + ") is named \"" + name + "\": " + problem);
    }

    private IllegalStateException twice(String name) {
        return new IllegalStateException(
                "two members share the key \"" + level.path().key(name) + "\"; rename one of them");
    }

    /** The module whose members are being told. */
    protected final Stateful visited() {
        return (Stateful) Objects.requireNonNull(level.occupant());
    }

    @Override
    public final void accessor(String name, String method) {
        super.accessor(name, method);
        level.names().watchNext();
    }

    @Override
    final @Nullable String takeAccessor(String name) {
        level.names().unwatchNext();
        return super.takeAccessor(name);
    }

    @Override
    public final void fields(Stateful module) {
        // a module that lets another one tell its members is not that one
        if (module == level.occupant()) {
            level.names().unwatch();
        }
    }

    @Override
    public final void fieldsInOrder(Stateful module, Class<?> type) {
        if (!level.isInOrder()) {
            if (module == level.occupant() && module.getClass() == type) {
                level.tellsInOrder();
            } else {
                fields(module);
            }
        }
    }

    @Override
    public final void tiedTo(String name, String other) {
        declaredTies.add(level.path().key(name), level.path().key(other));
    }

    @Override
    public final void version(int version) {
        declareVersion(level.path(), version, null);
    }

    @Override
    public final void version(int version, StateMigration migration) {
        declareVersion(level.path(), version, migration);
    }

    @Override
    public final void formerly(String name, String oldName) {
        declareFormerly(level.path(), name, oldName);
    }

    @Override
    public final void retired(String pattern) {
        declareRetired(level.path(), pattern);
    }

    @Override
    public final void addedIn(String name, int version) {
        declareAddedIn(level.path(), name, version);
    }

    @Override
    public final void shape(String name, String... sizes) {
        declareShape(level.path(), name, List.of(sizes));
    }
}
