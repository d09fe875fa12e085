package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a load was given, read once, under the module's names. Extra state stands first, then the entries in order;
 * beside them, for a dict that has versions, that of each module by the prefix of its keys.
 */
final class SourceEntries {
    /**
     * One entry of the given map.
     *
     * @param givenKey the key in the map that the caller gave
     * @param key the key in the module's terms
     * @param value what stood there: a tensor or an {@link ExtraStateValue}, if all is well
     */
    record SourceEntry(
            String givenKey, String key, @Nullable Object value) {
        SourceEntry withKey(String other) {
            return other.equals(key) ? this : new SourceEntry(givenKey, other, value);
        }
    }

    private final List<SourceEntry> entries;
    private final Map<String, SourceEntry> byKey;
    private final Map<String, Integer> versions;
    private final List<LoadProblem> problems = new ArrayList<>();

    private SourceEntries(List<SourceEntry> entries, Map<String, Integer> versions) {
        this.entries = entries;
        this.versions = versions;
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
        return new SourceEntries(entries, versions(map, options));
    }

    /** By prefix; the root is always among them, unless nothing is known of versions. */
    private static Map<String, Integer> versions(Map<?, ?> map, LoadOptions options) {
        Map<String, Integer> versions = new HashMap<>();
        if (map instanceof StateDict dict) {
            dict.versions().forEach((path, version) -> {
                String prefix = options.moduleKey(path.isEmpty() ? "" : path + '.');
                versions.put(prefix, version);
            });
        }
        return versions;
    }

    /**
     * The version of the module with that prefix in the dict: what the dict says, 1 where it says it for others only,
     * and where it says nothing of versions, the given one.
     */
    int version(String prefix, int otherwise) {
        return versions.isEmpty() ? otherwise : versions.getOrDefault(prefix, 1);
    }

    /** The same entries under the current names of submodules. */
    SourceEntries withCurrentModules(TreeHistory history) {
        Map<String, Integer> moved = new HashMap<>();
        versions.forEach((prefix, version) -> moved.put(history.withCurrentModules(prefix), version));
        List<SourceEntry> renamed = entries.stream()
                .map(entry -> entry.withKey(history.withCurrentModules(entry.key())))
                .toList();
        return new SourceEntries(renamed, moved);
    }

    /** The same entries under current names. */
    SourceEntries withCurrentNames(TreeHistory history) {
        List<SourceEntry> renamed = entries.stream()
                .map(entry -> entry.withKey(history.withCurrentNames(entry.key())))
                .toList();
        return new SourceEntries(renamed, versions);
    }

    /** The entries that pass. */
    SourceEntries filter(Predicate<SourceEntry> kept) {
        return new SourceEntries(entries.stream().filter(kept).toList(), versions);
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
        return replaceBelow(
                prefix,
                "",
                state -> Objects.requireNonNull(
                        hooks.beforeLoad(prefix, state),
                        () -> "beforeLoad of the module at \"" + prefix + "\" returned null"));
    }

    /**
     * Shows what lies below a prefix and puts what comes back in its place.
     *
     * @param hidden what to take from the shown keys; the keys that come back are given it again
     */
    SourceEntries replaceBelow(String prefix, String hidden, Function<StateDict, Map<String, Tensor>> change) {
        StateDictBuilder shown = StateDict.builder();
        List<SourceEntry> kept = new ArrayList<>();
        for (SourceEntry entry : entries) {
            if (!entry.key().startsWith(prefix)) {
                kept.add(entry);
                continue;
            }
            String key = entry.key().substring(hidden.length());
            if (entry.value() instanceof Tensor tensor) {
                shown.put(key, tensor);
            } else if (entry.value() instanceof ExtraStateValue extra) {
                shown.putExtraState(ModuleKeys.modulePath(key), extra.value());
            } else {
                kept.add(entry);
            }
        }
        StateDict after = StateDict.of(change.apply(shown.build()));
        after.extraState()
                .forEach((path, value) ->
                        kept.add(replacement(hidden + ExtraStateValue.key(path), new ExtraStateValue(value))));
        after.forEach((key, tensor) -> kept.add(replacement(hidden + key, tensor)));
        return new SourceEntries(kept, versions);
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
