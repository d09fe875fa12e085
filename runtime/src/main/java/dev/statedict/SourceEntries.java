package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a load was given, read once, under the module's names. Extra state stands first, then the entries in order. */
final class SourceEntries {
    /**
     * One entry of the given map.
     *
     * @param givenKey the key in the map that the caller gave
     * @param key the key in the module's terms
     * @param value what stood there: a tensor or an {@link ExtraStateValue}, if all is well
     */
    record SourceEntry(
            String givenKey, String key, @Nullable Object value) {}

    private final List<SourceEntry> entries;
    private final Map<String, SourceEntry> byKey;
    private final List<LoadProblem> problems = new ArrayList<>();

    private SourceEntries(List<SourceEntry> entries) {
        this.entries = entries;
        this.byKey = new HashMap<>(entries.size() * 4 / 3 + 1);
        for (SourceEntry entry : entries) {
            SourceEntry other = byKey.put(entry.key(), entry);
            if (other != null) {
                problems.add(new LoadProblem.OneName(entry.key(), other.givenKey(), entry.givenKey()));
            }
        }
    }

    static SourceEntries of(Map<?, ?> map, LoadOptions options) {
        Objects.requireNonNull(map, "Expected state_dict to be dict-like, got null.");
        List<SourceEntry> entries = new ArrayList<>(map.size());
        if (map instanceof StateDict dict) {
            dict.extraState().forEach((path, value) -> {
                String key = ExtraStateValue.key(path);
                entries.add(new SourceEntry(key, options.moduleKey(key), new ExtraStateValue(value)));
            });
        }
        for (Map.Entry<?, ?> entry : KeyOrder.of(map).entrySet()) {
            String key = (String) Objects.requireNonNull(entry.getKey(), "the state dict has a null key");
            entries.add(new SourceEntry(key, options.moduleKey(key), entry.getValue()));
        }
        return new SourceEntries(entries);
    }

    /** The entries after the hooks of a tree, outer modules first, each shown what lies below its own prefix. */
    SourceEntries throughHooks(Map<ModulePath, @Nullable Stateful> modules) {
        SourceEntries view = this;
        for (Map.Entry<ModulePath, @Nullable Stateful> module : modules.entrySet()) {
            if (module.getValue() instanceof StateHooks hooks) {
                view = view.throughHook(module.getKey().prefix(), hooks);
            }
        }
        return view;
    }

    private SourceEntries throughHook(String prefix, StateHooks hooks) {
        StateDictBuilder shown = StateDict.builder();
        List<SourceEntry> kept = new ArrayList<>();
        for (SourceEntry entry : entries) {
            if (!entry.key().startsWith(prefix)) {
                kept.add(entry);
            } else if (entry.value() instanceof Tensor tensor) {
                shown.put(entry.key(), tensor);
            } else if (entry.value() instanceof ExtraStateValue extra) {
                shown.putExtraState(ModuleKeys.modulePath(entry.key()), extra.value());
            } else {
                kept.add(entry);
            }
        }
        StateDict before = shown.build();
        StateDict after = StateDict.of(Objects.requireNonNull(
                hooks.beforeLoad(prefix, before),
                () -> "beforeLoad of the module at \"" + prefix + "\" returned null"));
        Map<String, @Nullable Object> extraState = after.extraState();
        extraState.forEach(
                (path, value) -> kept.add(replacement(ExtraStateValue.key(path), new ExtraStateValue(value))));
        after.forEach((key, tensor) -> kept.add(replacement(key, tensor)));
        return new SourceEntries(kept);
    }

    /** A key that the hook kept is still known by the name that the caller gave. */
    private SourceEntry replacement(String key, Object value) {
        SourceEntry original = byKey.get(key);
        return new SourceEntry(original == null ? key : original.givenKey(), key, value);
    }

    List<SourceEntry> entries() {
        return entries;
    }

    @Nullable
    SourceEntry find(String key) {
        return byKey.get(key);
    }

    List<LoadProblem> problems() {
        return problems;
    }

    /** The names that the options changed, among the keys that were used. */
    Map<String, String> renamed(Set<String> used) {
        Map<String, String> renamed = new LinkedHashMap<>();
        for (SourceEntry entry : entries) {
            if (!entry.key().equals(entry.givenKey()) && used.contains(entry.key())) {
                renamed.put(entry.givenKey(), entry.key());
            }
        }
        return renamed;
    }
}
