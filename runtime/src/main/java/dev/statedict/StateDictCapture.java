package dev.statedict;

import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.HandedOutCopy;
import dev.statedict.tree.HookedModule;
import dev.statedict.tree.ModulePath;
import dev.statedict.tree.PrimitiveType;
import dev.statedict.tree.Traversal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a state dict of a module. */
final class StateDictCapture extends Traversal {
    /** All classes have version 1. */
    private static final Map<String, Integer> CURRENT = Map.of("", 1);

    private static final StateMetadata WITHOUT_EXTRA_STATE = new StateMetadata(Map.of(), CURRENT);

    private StateEntry[] entries = new StateEntry[32];
    private int count;
    private Map<String, @Nullable Object> extraState = Map.of();
    private Map<String, Integer> versions = CURRENT;
    private List<HookedModule> hooked = List.of();

    private StateDictCapture(Policy policy) {
        super(policy == Policy.ALIAS);
    }

    static StateDict capture(Stateful module, Policy policy) {
        Objects.requireNonNull(policy, "policy");
        StateDictCapture capture = new StateDictCapture(policy);
        capture.walk(module);
        refuseCopies(capture.copies());
        StateDict alias = capture.throughHooks();
        return policy == Policy.ALIAS ? alias : alias.copy();
    }

    /** An ALIAS dict of copies would follow nothing, and be followed by nothing. */
    private static void refuseCopies(List<HandedOutCopy> copies) {
        if (copies.isEmpty()) {
            return; // streams take 3 ms to load, a third of the first call in a fresh JVM
        }
        List<String> refused = copies.stream()
                .filter(HandedOutCopy::ofElements)
                .map(copy -> copy.message("which nothing can alias", ", or make a COPY dict"))
                .toList();
        if (!refused.isEmpty()) {
            throw new IllegalStateException(String.join("\n", refused));
        }
    }

    /** The parameters of a module tree, each tie once. */
    static StateDict namedParameters(Stateful module) {
        return new NamedParameters().of(module);
    }

    private StateDict throughHooks() {
        StateMetadata metadata = extraState.isEmpty() && versions == CURRENT
                ? WITHOUT_EXTRA_STATE
                : StateMetadata.copyOf(extraState, versions, Set.of());
        StateDict dict = new StateDict(Arrays.copyOf(entries, count), Policy.ALIAS, metadata);
        if (declareTies()) {
            declaredTies().check(dict::get);
        }
        return hooked.isEmpty() ? dict : AfterStateDict.apply(hooked, dict);
    }

    @Override
    protected void declareVersion(ModulePath module, int version, @Nullable StateMigration migration) {
        if (versions == CURRENT) {
            versions = new LinkedHashMap<>(CURRENT);
        }
        versions.put(module.toString(), version);
    }

    @Override
    protected void leaveHooked(ModulePath at, StateHooks module) {
        if (hooked.isEmpty()) {
            hooked = new ArrayList<>();
        }
        hooked.add(new HookedModule(at, module));
    }

    @Override
    protected void tensor(ModulePath module, String name, Role role, Tensor value) {
        add(new StateEntry(module, name, value, role));
    }

    @Override
    protected void primitive(ModulePath module, String name, Role role, Object value) {
        add(StateEntry.primitive(module, name, PrimitiveType.toTensor(value), role));
    }

    @Override
    protected void extraState(ModulePath module, Class<?> type, @Nullable Object value) {
        if (extraState.isEmpty()) {
            extraState = new LinkedHashMap<>();
        }
        String path = module.toString();
        extraState.put(path, ExtraStateValue.copyOf(path, value));
    }

    private void add(StateEntry entry) {
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, count * 4);
        }
        entries[count++] = entry;
    }

    /** Collects the parameters of a module tree, each tie once (PyTorch's {@code Module.named_parameters}). */
    private static final class NamedParameters extends Traversal {
        private final List<StateEntry> parameters = new ArrayList<>();
        private final TieGroups<Boolean> seen = new TieGroups<>(0);

        private NamedParameters() {
            super(true);
        }

        StateDict of(Stateful module) {
            walk(module);
            refuseCopies(copies());
            return new StateDict(parameters.toArray(StateEntry[]::new), Policy.ALIAS, StateMetadata.NONE);
        }

        @Override
        protected void tensor(ModulePath module, String name, Role role, Tensor value) {
            if (role == Role.PARAMETER && seen.put(value, true) == null) {
                parameters.add(new StateEntry(module, name, value, role));
            }
        }

        @Override
        protected void primitive(ModulePath module, String name, Role role, Object value) {
            if (role == Role.PARAMETER) {
                parameters.add(StateEntry.primitive(module, name, PrimitiveType.toTensor(value), role));
            }
        }

        @Override
        protected void extraState(ModulePath module, Class<?> type, @Nullable Object value) {}
    }
}
