package dev.statedict.tree;

import dev.statedict.Role;
import dev.statedict.StateAssigner;
import dev.statedict.StateHooks;
import dev.statedict.StateMigration;
import dev.statedict.Stateful;
import dev.statedict.tensor.AsTensor;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks a module tree and tells a subclass its members in the order of a state dict: for each module, over its whole
 * class hierarchy, parameters, then persistent buffers, then extra state, then children (PyTorch's
 * {@code Module._save_to_state_dict}, called before the children). Containers of tensors are children too, as
 * {@code ParameterList} is a module.
 *
 * <p>The members that wait, the levels of the path and their names are kept in arrays that live as long as the walk: with
 * collections of the JDK a capture allocates 204 bytes more per tensor than the 42 of today, most of which are the entry
 * (measured as {@code garbage} by the benchmarks, which hold it).
 *
 * <p>Of a module that tells {@linkplain dev.statedict.StateVisitor#fieldsInOrder fields in order} nothing waits, a child is
 * walked while it is told, and no name is looked at: a dict of 2,000 tensors in 1,111 modules takes 13.6 us of thread
 * time so, and 22.8 us where all wait and are looked at; a map filled by hand takes 16.
 */
public abstract class Traversal extends TreeListener {
    private record ExtraState(Class<?> type, @Nullable Object value) {}

    private final DescentPath descent = new DescentPath();
    // made when the first is told, as are the ties and the first answers below: most models have none, and their
    // classes, which are loaded by then, took a fifth of a first call in a fresh JVM
    private @Nullable ContainerWalk containers;
    private @Nullable WaitingMembers children;
    private @Nullable WaitingMembers buffers;
    private @Nullable ExtraState extraState;
    // of the module whose members are being told
    private DescentPath.Level level = new DescentPath.Level();
    private @Nullable DeclaredTies declaredTies;

    private final boolean asksTwice;
    private @Nullable FirstAnswers answers;
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

    /**
     * Walks a tree.
     *
     * @throws IllegalStateException when it cannot be walked; the message says where, and why
     */
    protected final void walk(Stateful module) {
        try {
            module(ModulePath.root(module.getClass()), module);
        } catch (StackOverflowError tooDeep) {
            throw new IllegalStateException(descent.tooDeep(), tooDeep);
        } catch (RuntimeException thrown) {
            throw ofAccessor(level.path(), thrown);
        }
    }

    /** The ties that the visited modules declare, not checked yet. */
    public final DeclaredTies declaredTies() {
        DeclaredTies ties = declaredTies;
        if (ties == null) {
            ties = new DeclaredTies();
            declaredTies = ties;
        }
        return ties;
    }

    /** Whether they declare any. */
    protected final boolean declareTies() {
        return declaredTies != null && !declaredTies.isEmpty();
    }

    /** What is made anew each time it is told. */
    public final List<HandedOutCopy> copies() {
        return copies;
    }

    void module(ModulePath at, Stateful module) {
        DescentPath.Level mine = descent.descend(at, module);
        enterModule(at, module);
        if (mine.hasHooks()) {
            enterHooked(at, (StateHooks) module);
        }
        int first = children == null ? 0 : children.size();
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
        if (buffers != null) {
            for (int i = 0; i < buffers.size(); i++) {
                buffer(at, buffers.name(i), buffers.value(i));
            }
            buffers.shrinkTo(0);
        }
        if (extraState != null) {
            extraState(at, extraState.type(), extraState.value());
            extraState = null;
        }
        WaitingMembers waiting = children;
        if (waiting != null) {
            int end = waiting.size();
            for (int i = firstChild; i < end; i++) {
                flushChild(at, waiting.name(i), waiting.value(i));
            }
            waiting.shrinkTo(firstChild);
        }
    }

    private void leave(ModulePath at, Stateful module, DescentPath.Level mine) {
        if (mine.takeAskAgain()) {
            // comes after the children, so that what contains itself is known by then
            copies.addAll(Objects.requireNonNull(answers).compare(at, module, mine));
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

    void flushChild(ModulePath at, String name, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (value instanceof Stateful module) {
            module(descent.child(at, name), module);
        } else if (value instanceof TensorContainer tensors) {
            containers().walk(descent.child(at, name), tensors.role(), tensors.container());
        } else if (value instanceof Asked asked) {
            containers().ask(at, name, asked.container());
        } else if (value instanceof Optional<?> optional) {
            flushChild(at, name, optional.orElse(null));
        } else {
            containers().walk(descent.child(at, name), null, value);
        }
    }

    private ContainerWalk containers() {
        ContainerWalk made = containers;
        if (made == null) {
            made = new ContainerWalk(this);
            containers = made;
        }
        return made;
    }

    /** Goes down to a container. */
    void descend(ModulePath at, Object container) {
        descent.descend(at, container);
        enterContainer(at);
    }

    /** The place of a child of what the walk is at. */
    ModulePath childOf(ModulePath at, String name) {
        return descent.child(at, name);
    }

    /** Goes up from one. */
    void ascend() {
        descent.ascend();
    }

    /** What is seen as a tensor, held in a container: it is asked again where copies are to be found. */
    void lookAgain(ModulePath at, String name, AsTensor told, Tensor tensor) {
        if (asksTwice && tensor.numel() > 0 && !tensor.sharesStorageWith(told.asTensor())) {
            String type = told.getClass().getSimpleName();
            copies.add(new HandedOutCopy(at.key(name), type, type + ".asTensor()", true));
        }
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
            buffers = WaitingMembers.add(buffers, name, value);
        }
    }

    @Override
    protected final void child(String name, Stateful module) {
        DescentPath.Level mine = level;
        if (mine.isInOrder()) {
            module(mine.child(name), module);
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
        children = WaitingMembers.add(children, name, child);
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
        super.absent(name);
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
            answers = FirstAnswers.add(answers, level, name, value, accessor);
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
        declaredTies().add(level.path().key(name), level.path().key(other));
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
