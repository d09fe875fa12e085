package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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
     * @param origin the state dict's entry, which knows its role; null when a plain map was given
     */
    record SourceEntry(
            String givenKey,
            String key,
            @Nullable Object value,
            @Nullable StateEntry origin) {

        SourceEntry withKey(String other) {
            return other.equals(key) ? this : new SourceEntry(givenKey, other, value, origin);
        }

        StateEntry toStateEntry(String shownKey, Tensor tensor) {
            return origin == null
                    ? new StateEntry(shownKey, tensor, Role.PARAMETER, StoredType.F32)
                    : origin.withKey(shownKey);
        }
    }

    private final Policy policy;
    private final Map<String, Integer> versions;
    private final Map<String, SourceEntry> byKey = new LinkedHashMap<>();
    private final List<LoadProblem> problems = new ArrayList<>();

    private SourceEntries(Policy policy, Map<String, Integer> versions) {
        this.policy = policy;
        this.versions = versions;
    }

    static SourceEntries of(Map<?, ?> map, LoadOptions options) {
        Objects.requireNonNull(map, "Expected state_dict to be dict-like, got null.");
        SourceEntries read =
                new SourceEntries(map instanceof StateDict dict ? dict.policy() : Policy.COPY, versions(map, options));
        read.addAll(map, options::moduleKey, UnaryOperator.identity());
        return read;
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

    private void addAll(Map<?, ?> map, UnaryOperator<String> moduleKey, UnaryOperator<String> givenKey) {
        if (map instanceof StateDict dict) {
            dict.extraState().forEach((path, value) -> {
                String key = ExtraStateValue.key(path);
                add(new SourceEntry(givenKey.apply(key), moduleKey.apply(key), new ExtraStateValue(value), null));
            });
            for (StateEntry entry : dict.entries()) {
                String key = entry.getKey();
                add(new SourceEntry(givenKey.apply(key), moduleKey.apply(key), entry.getValue(), entry));
            }
            return;
        }
        for (Map.Entry<?, ?> entry : KeyOrder.of(map).entrySet()) {
            if (entry.getKey() instanceof String key) {
                add(new SourceEntry(givenKey.apply(key), moduleKey.apply(key), entry.getValue(), null));
            } else {
                problems.add(new LoadProblem.NotAString(entry.getKey()));
            }
        }
    }

    private void add(SourceEntry entry) {
        SourceEntry other = byKey.put(entry.key(), entry);
        if (other != null) {
            problems.add(new LoadProblem.OneName(entry.key(), other.givenKey(), entry.givenKey()));
        }
    }

    /** No entries yet, but the problems of these, for they do not go away. */
    private SourceEntries successor(Map<String, Integer> newVersions) {
        SourceEntries successor = new SourceEntries(policy, newVersions);
        successor.problems.addAll(problems);
        return successor;
    }

    /**
     * The version of the module with that prefix in the dict: what the dict says, 1 where it says it for others only,
     * and where it says nothing of versions, the given one.
     */
    int version(String prefix, int otherwise) {
        return versions.isEmpty() ? otherwise : versions.getOrDefault(prefix, 1);
    }

    /** What the dict says of versions, by the prefix of each module's keys. */
    Map<String, Integer> versions() {
        return versions;
    }

    /** The same entries under the current names of submodules. */
    SourceEntries withCurrentModules(TreeHistory history) {
        Map<String, Integer> moved = new HashMap<>();
        versions.forEach((prefix, version) -> moved.put(history.withCurrentModules(prefix), version));
        SourceEntries renamed = successor(moved);
        entries().forEach(entry -> renamed.add(entry.withKey(history.withCurrentModules(entry.key()))));
        return renamed;
    }

    /** The same entries under current names. */
    SourceEntries withCurrentNames(TreeHistory history) {
        SourceEntries renamed = successor(versions);
        entries().forEach(entry -> renamed.add(entry.withKey(history.withCurrentNames(entry.key()))));
        return renamed;
    }

    /** The entries that pass. */
    SourceEntries filter(Predicate<SourceEntry> kept) {
        SourceEntries filtered = successor(versions);
        entries().stream().filter(kept).forEach(filtered::add);
        return filtered;
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
                        () -> "beforeLoad returned null for \"" + prefix
                                + "\"; to change nothing, return what was given"));
    }

    /**
     * Shows what lies below a prefix and puts what comes back in its place.
     *
     * @param hidden what to take from the shown keys; the keys that come back are given it again
     */
    SourceEntries replaceBelow(String prefix, String hidden, Function<StateDict, Map<String, Tensor>> change) {
        StateDictBuilder shown = StateDict.builder();
        SourceEntries view = successor(versions);
        for (SourceEntry entry : entries()) {
            if (!entry.key().startsWith(prefix)) {
                view.add(entry);
                continue;
            }
            String key = entry.key().substring(hidden.length());
            if (entry.value() instanceof Tensor tensor) {
                shown.put(entry.toStateEntry(key, tensor));
            } else if (entry.value() instanceof ExtraStateValue extra && ExtraStateValue.isKey(key)) {
                shown.putExtraState(ModuleKeys.modulePath(key), extra.value());
            } else {
                view.add(entry);
            }
        }
        view.addAll(change.apply(shown.build(policy)), hidden::concat, key -> givenKey(hidden + key));
        return view;
    }

    /** A key that a hook kept is still known by the name that the caller gave. */
    private String givenKey(String key) {
        SourceEntry original = byKey.get(key);
        return original == null ? key : original.givenKey();
    }

    Collection<SourceEntry> entries() {
        return byKey.values();
    }

    @Nullable
    SourceEntry find(String key) {
        return byKey.get(key);
    }

    List<LoadProblem> problems() {
        return problems;
    }

    /** The keys of the caller's that were read under another name, among the keys that were used. */
    Map<String, String> renamed(Set<String> used) {
        Map<String, String> renamed = new LinkedHashMap<>();
        for (SourceEntry entry : entries()) {
            if (!entry.key().equals(entry.givenKey()) && used.contains(entry.key())) {
                renamed.put(entry.givenKey(), entry.key());
            }
        }
        return renamed;
    }
}
