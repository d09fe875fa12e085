package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a state dict of a module. */
final class StateDictCapture extends Traversal {
    private record Hooked(ModulePath path, StateHooks hooks) {}

    /** All classes have version 1. */
    private static final Map<String, Integer> CURRENT = Map.of("", 1);

    private static final StateMetadata WITHOUT_EXTRA_STATE = new StateMetadata(Map.of(), CURRENT);

    private StateEntry[] entries = new StateEntry[16];
    private int count;
    private Map<String, @Nullable Object> extraState = Map.of();
    private Map<String, Integer> versions = CURRENT;
    private List<Hooked> hooked = List.of();

    private StateDictCapture() {}

    static StateDict capture(Stateful module, Policy policy) {
        StateDict alias = walked(module).throughHooks();
        return policy == Policy.ALIAS
                ? alias
                : new StateDict(StorageCopy.of(alias.entries()), Policy.COPY, alias.metadata());
    }

    static StateDict namedParameters(Stateful module) {
        StateDictCapture capture = walked(module);
        TieGroups<Boolean> seen = new TieGroups<>();
        StateEntry[] parameters = Arrays.stream(capture.entries, 0, capture.count)
                .filter(entry -> entry.role() == Role.PARAMETER && seen.put(entry.getValue(), true) == null)
                .toArray(StateEntry[]::new);
        return new StateDict(parameters, Policy.ALIAS, WITHOUT_EXTRA_STATE);
    }

    private static StateDictCapture walked(Stateful module) {
        StateDictCapture capture = new StateDictCapture();
        capture.walk(module);
        return capture;
    }

    private StateDict throughHooks() {
        StateMetadata metadata = extraState.isEmpty() && versions == CURRENT
                ? WITHOUT_EXTRA_STATE
                : StateMetadata.copyOf(extraState, versions);
        StateDict dict = new StateDict(Arrays.copyOf(entries, count), Policy.ALIAS, metadata);
        if (!declaredTies().isEmpty()) {
            declaredTies().check(dict::get);
        }
        // entered outer first; inner hooks run first
        for (int i = hooked.size() - 1; i >= 0; i--) {
            dict = throughHook(hooked.get(i), dict);
        }
        return dict;
    }

    /** Puts what the hook returns in the place of what it was shown. */
    private static StateDict throughHook(Hooked hooked, StateDict dict) {
        String prefix = hooked.path().prefix();
        StateDict after = hooked.hooks().afterStateDict(prefix, dict.filter(key -> key.startsWith(prefix)));
        List<StateEntry> spliced = new ArrayList<>();
        int at = -1;
        for (StateEntry entry : dict.entries()) {
            if (!entry.getKey().startsWith(prefix)) {
                spliced.add(entry);
            } else if (at < 0) {
                at = spliced.size();
            }
        }
        spliced.addAll(at < 0 ? spliced.size() : at, Arrays.asList(after.entries()));
        Map<String, @Nullable Object> extra = new LinkedHashMap<>(dict.extraState());
        extra.keySet().removeIf(path -> ExtraStateValue.key(path).startsWith(prefix));
        extra.putAll(after.extraState());
        StateDictBuilder builder = StateDict.builder();
        spliced.forEach(builder::put);
        extra.forEach(builder::putExtraState);
        dict.versions().forEach(builder::version);
        return builder.build(Policy.ALIAS);
    }

    @Override
    void declareVersion(ModulePath module, int version, @Nullable StateMigration migration) {
        if (versions == CURRENT) {
            versions = new LinkedHashMap<>(CURRENT);
        }
        versions.put(module.toString(), version);
    }

    @Override
    void enterModule(ModulePath at, Stateful module) {
        if (module instanceof StateHooks hooks) {
            if (hooked.isEmpty()) {
                hooked = new ArrayList<>();
            }
            hooked.add(new Hooked(at, hooks));
        }
    }

    @Override
    void tensor(ModulePath module, String name, Role role, Tensor value) {
        add(new StateEntry(module, name, value, role, StoredType.F32));
    }

    @Override
    void array(ModulePath module, String name, Role role, float[] value) {
        tensor(module, name, role, Tensor.wrap(value, value.length));
    }

    @Override
    void element(ModulePath path, String name, Role role, Tensor value, Object container) {
        tensor(path, name, role, value);
    }

    @Override
    void counter(ModulePath module, String name, Object value) {
        CounterType type = CounterType.of(value);
        Tensor tensor = Tensor.scalar(type.toFloat(module.key(name), value));
        add(new StateEntry(module, name, tensor, Role.COUNTER, type.storedType()));
    }

    @Override
    void extraState(ModulePath module, Class<?> type, @Nullable Object value) {
        if (extraState.isEmpty()) {
            extraState = new LinkedHashMap<>();
        }
        extraState.put(module.toString(), ExtraStateValue.copyOf(value));
    }

    private void add(StateEntry entry) {
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, count * 2);
        }
        entries[count++] = entry;
    }
}
