package dev.statedict.load;

import dev.statedict.Role;
import dev.statedict.StateAssigner;
import dev.statedict.StateHooks;
import dev.statedict.StateMigration;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.HookedModule;
import dev.statedict.tree.ModuleHistory;
import dev.statedict.tree.ModulePath;
import dev.statedict.tree.PrimitiveType;
import dev.statedict.tree.Traversal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The places of a module tree that a load fills, in module order. */
final class Targets extends Traversal {
    /** A place in a module that a load fills. */
    sealed interface Target {
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
            /** The module whose member it is, or the list, array or map whose element. */
            Object owner();
        }

        /**
         * A primitive.
         *
         * @param module the path of the module
         * @param owner the module, or the list, array or map
         * @param name the key within it
         * @param role what it is to the module
         * @param type its type
         */
        record OfPrimitive(ModulePath module, Object owner, String name, Role role, PrimitiveType type)
                implements OfValue {}

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

    private final List<Target> targets;
    private final List<ModulePath> paths = new ArrayList<>();
    private final List<Absent> absent = new ArrayList<>(0);
    private final List<HookedModule> outerFirst = new ArrayList<>();
    private final List<HookedModule> innerFirst = new ArrayList<>();

    private final Map<ModulePath, ModuleHistory> histories = new LinkedHashMap<>();
    private final Map<ModulePath, DeclaredShapes> shapes = new LinkedHashMap<>();

    /** A member that is null. */
    private record Absent(ModulePath module, String name) {}

    private Targets(int expected) {
        super(true);
        targets = new ArrayList<>(expected);
    }

    /**
     * Those of a module.
     *
     * @param expected about how many there will be
     */
    static Targets of(Stateful module, int expected) {
        Targets collector = new Targets(expected);
        collector.walk(module);
        return collector;
    }

    List<Target> targets() {
        return targets;
    }

    /** The paths of all modules and containers in module order. */
    List<ModulePath> paths() {
        return paths;
    }

    /** The keys of the members that are null, each of a tensor, a number, a container or a module. */
    Set<String> absent() {
        return absent.stream().map(member -> member.module().key(member.name())).collect(Collectors.toSet());
    }

    /** The modules whose classes say something of their past, in module order. */
    Map<ModulePath, ModuleHistory> histories() {
        return histories;
    }

    /** The modules whose classes declare shapes. */
    Map<ModulePath, DeclaredShapes> shapes() {
        return shapes;
    }

    @Override
    protected void declareVersion(ModulePath module, int version, @Nullable StateMigration migration) {
        history(module).version(version, migration);
    }

    @Override
    protected void declareFormerly(ModulePath module, String name, String oldName) {
        history(module).formerly(name, oldName);
    }

    @Override
    protected void declareRetired(ModulePath module, String pattern) {
        history(module).retired(pattern);
    }

    @Override
    protected void declareAddedIn(ModulePath module, String name, int version) {
        history(module).addedIn(name, version);
    }

    private ModuleHistory history(ModulePath module) {
        return histories.computeIfAbsent(module, path -> new ModuleHistory());
    }

    @Override
    protected void declareShape(ModulePath module, String name, List<String> sizes) {
        shapes.computeIfAbsent(module, path -> new DeclaredShapes()).add(name, sizes);
    }

    /**
     * Holds the ties that the tree declares against its tensors.
     *
     * @throws IllegalStateException when a tie does not hold
     */
    void checkDeclaredTies() {
        if (declaredTies().isEmpty()) {
            return;
        }
        Map<String, Tensor> tensors = new HashMap<>();
        for (Target target : targets) {
            if (target instanceof Target.OfTensor place) {
                tensors.put(place.key(), place.current());
            }
        }
        declaredTies().check(tensors::get);
    }

    /** The modules with hooks, each before its children. */
    List<HookedModule> outerFirst() {
        return outerFirst;
    }

    /** The modules with hooks, each after its children. */
    List<HookedModule> innerFirst() {
        return innerFirst;
    }

    @Override
    protected void absent(ModulePath module, String name) {
        absent.add(new Absent(module, name));
    }

    @Override
    protected void enterModule(ModulePath at, Stateful module) {
        paths.add(at);
    }

    @Override
    protected void enterHooked(ModulePath at, StateHooks module) {
        outerFirst.add(new HookedModule(at, module));
    }

    @Override
    protected void leaveHooked(ModulePath at, StateHooks module) {
        innerFirst.add(new HookedModule(at, module));
    }

    @Override
    protected void enterContainer(ModulePath at) {
        paths.add(at);
    }

    @Override
    protected void tensor(ModulePath module, String name, Role role, Tensor value) {
        targets.add(new Target.OfTensor(module, name, value, visited()));
    }

    @Override
    protected void element(ModulePath path, String name, Role role, Tensor value, Object container) {
        targets.add(new Target.OfTensor(path, name, value, container));
    }

    @Override
    protected void primitive(ModulePath module, String name, Role role, Object value) {
        targets.add(new Target.OfPrimitive(module, visited(), name, role, PrimitiveType.of(value)));
    }

    @Override
    protected void primitiveElement(ModulePath path, String name, Role role, Object value, Object container) {
        targets.add(new Target.OfPrimitive(path, container, name, role, PrimitiveType.of(value)));
    }

    @Override
    protected void extraState(ModulePath module, Class<?> type, @Nullable Object value) {
        targets.add(new Target.OfExtraState(module, visited(), type));
    }
}
