package dev.statedict.load;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StateHooks;
import dev.statedict.StateMapping;
import dev.statedict.Stateful;
import dev.statedict.StoredType;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.HookedModule;
import dev.statedict.tree.KeyOrder;
import dev.statedict.tree.ModulePath;
import dev.statedict.tree.Versions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a load was given, read once, under the module's names. Extra state stands first, then the entries in order;
 * beside them, for a dict that has versions, that of each module by the prefix of its keys.
 */
final class Sources {
    /** An empty dict of live tensors, to build such a one on. */
    private static final StateDict LIVE = ((Stateful) visitor -> {}).namedParameters();

    private final Policy policy;
    private final Versions versions;
    private final List<SourceEntry> entries;
    // by key; null until someone asks, which is seldom where the keys are known to differ
    private @Nullable Map<String, Integer> positions;
    private final List<Problem> problems = new ArrayList<>();
    // of entries that a mapping made of several, the caller's keys of these
    private final Map<String, List<String>> origins = new HashMap<>();
    // what it left out, and what it said nothing of
    private List<String> dropped = List.of();
    private List<String> untouched = List.of();

    private Sources(Policy policy, Versions versions, int expected) {
        this.policy = policy;
        this.versions = versions;
        this.entries = new ArrayList<>(expected);
    }

    static Sources of(Map<?, ?> map, Rules rules) {
        Objects.requireNonNull(map, "Expected state_dict to be dict-like, got null.");
        Policy policy = map instanceof StateDict dict ? dict.policy() : Policy.COPY;
        Sources given = new Sources(policy, versions(map, rules), map.size());
        given.addAll(map);
        if (rules.mapping() != null) {
            given = given.mapped(map, rules.mapping(), rules);
        }
        if (!rules.changesKeys()) {
            return given;
        }
        return given.withNames(rules::moduleKey);
    }

    /** The entries that a mapping makes of these; what is no entry of a dict stays, to be refused. */
    private Sources mapped(Map<?, ?> map, StateMapping mapping, Rules rules) {
        Sources others = successor(versions);
        StateDictBuilder builder = StateDict.builder();
        if (!(map instanceof StateDict)) {
            entries.stream().filter(entry -> !show(entry, entry.key(), builder)).forEach(others::add);
        }
        StateMapping.Result result = mapping.map(map instanceof StateDict dict ? dict : builder.build());
        Sources mapped = new Sources(policy, versions(result.state(), rules), map.size());
        mapped.problems.addAll(problems);
        result.problems().forEach(problem -> mapped.problems.add(new Problem.Unmapped(problem)));
        Sources made = new Sources(policy, versions, map.size());
        made.addAll(result.state());
        mapped.dropped = result.dropped();
        mapped.untouched = result.untouched();
        mapped.positions();
        others.entries.forEach(mapped::add);
        for (SourceEntry entry : made.entries) {
            List<String> from = result.sources().getOrDefault(entry.key(), List.of(entry.key()));
            if (from.size() > 1) {
                mapped.origins.put(entry.key(), from);
            }
            mapped.add(new SourceEntry.Changed(
                    from.size() == 1 ? from.get(0) : entry.key(),
                    entry.key(),
                    entry.value(),
                    entry.role(),
                    entry.storedType(),
                    entry.isPlain()));
        }
        return mapped;
    }

    /** By prefix; the root is always among them, unless nothing is known of versions. */
    private static Versions versions(Map<?, ?> map, Rules rules) {
        Map<String, Integer> versions = new HashMap<>();
        if (map instanceof StateDict dict) {
            dict.versions().forEach((path, version) -> {
                String prefix = rules.moduleKey(ModulePath.prefix(path));
                versions.put(prefix, version);
            });
        }
        return new Versions(versions);
    }

    /** The entries of a map: extra state may have the key of a tensor, but else they differ in their keys. */
    private void addAll(Map<?, ?> map) {
        if (map instanceof StateDict dict) {
            dict.extraState().forEach((path, value) -> {
                String key = ExtraStateValue.key(path);
                entries.add(SourceEntry.Changed.of(key, new ExtraStateValue(value)));
            });
            if (!entries.isEmpty()) {
                positions();
            }
            for (Map.Entry<String, Tensor> entry : dict.entrySet()) {
                add((SourceEntry) entry);
            }
            return;
        }
        for (Map.Entry<?, ?> entry : KeyOrder.of(map).entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                problems.add(new Problem.NotAString(entry.getKey()));
            } else {
                add(SourceEntry.Changed.of(key, entry.getValue()));
            }
        }
    }

    private void add(SourceEntry entry) {
        Integer before = positions == null ? null : positions.putIfAbsent(entry.key(), entries.size());
        if (before == null) {
            entries.add(entry);
        } else {
            SourceEntry other = entries.set(before, entry);
            problems.add(new Problem.OneName(entry.key(), other.givenKey(), entry.givenKey()));
        }
    }

    private Map<String, Integer> positions() {
        if (positions == null) {
            positions = new HashMap<>();
            for (SourceEntry entry : entries) {
                positions.put(entry.key(), positions.size());
            }
        }
        return positions;
    }

    /** No entries yet, but the problems of these, for they do not go away; keys may come to be the same. */
    private Sources successor(Versions newVersions) {
        Sources successor = new Sources(policy, newVersions, entries.size());
        successor.problems.addAll(problems);
        successor.origins.putAll(origins);
        successor.dropped = dropped;
        successor.untouched = untouched;
        successor.positions();
        return successor;
    }

    /** What the dict says of versions. */
    Versions versions() {
        return versions;
    }

    /** The same entries, and versions, with other names of modules. */
    Sources withModules(UnaryOperator<String> newName) {
        Map<String, Integer> moved = new HashMap<>();
        versions.byPrefix().forEach((prefix, version) -> moved.put(newName.apply(prefix), version));
        return renamed(new Versions(moved), newName);
    }

    /** The same entries under other names. */
    Sources withNames(UnaryOperator<String> newName) {
        return renamed(versions, newName);
    }

    private Sources renamed(Versions newVersions, UnaryOperator<String> newName) {
        Sources renamed = successor(newVersions);
        entries.forEach(entry -> renamed.add(entry.underKey(newName.apply(entry.key()))));
        return renamed;
    }

    /** The entries that pass. */
    Sources filter(Predicate<SourceEntry> kept) {
        Sources filtered = successor(versions);
        entries.stream().filter(kept).forEach(filtered::add);
        return filtered;
    }

    /** The entries after the hooks of a tree, outer modules first, each shown what lies below its own prefix. */
    Sources throughHooks(List<HookedModule> outerFirst) {
        Sources view = this;
        for (HookedModule module : outerFirst) {
            view = view.throughHook(module.path().prefix(), module.hooks());
        }
        return view;
    }

    private Sources throughHook(String prefix, StateHooks hooks) {
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
    Sources replaceBelow(String prefix, String hidden, Function<StateDict, Map<String, Tensor>> change) {
        StateDictBuilder shown = policy == Policy.ALIAS ? LIVE.toBuilder() : StateDict.builder();
        Set<SourceEntry> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (SourceEntry entry : entries) {
            if (entry.key().startsWith(prefix) && show(entry, entry.key().substring(hidden.length()), shown)) {
                taken.add(entry);
            }
        }
        Sources changed = new Sources(policy, versions, taken.size());
        changed.addAll(change.apply(shown.build()));
        Sources view = successor(versions);
        view.problems.addAll(changed.problems);
        List<SourceEntry> returned = new ArrayList<>();
        if (changed.isPlain()) {
            // a plain map cannot hold extra state, and so does not say that there is none
            entries.stream()
                    .filter(entry -> taken.contains(entry) && entry.value() instanceof ExtraStateValue)
                    .forEach(returned::add);
        }
        Map<Object, SourceEntry> gone = changed.gone(entries.stream().filter(taken::contains), hidden);
        changed.entries.forEach(entry -> returned.add(named(entry, hidden + entry.key(), gone)));
        HookedModule.replaced(entries, taken::contains, returned).forEach(view::add);
        return view;
    }

    /** Whether these come from a plain map, perhaps by way of {@code StateDict.of}. */
    private boolean isPlain() {
        return !entries.isEmpty() && entries.stream().allMatch(SourceEntry::isPlain);
    }

    /** By value, the shown entries whose keys did not come back; of those with one tensor the first. */
    private Map<Object, SourceEntry> gone(Stream<SourceEntry> shown, String hidden) {
        Map<Object, SourceEntry> gone = new IdentityHashMap<>();
        shown.filter(entry -> position(entry.key().substring(hidden.length())) < 0)
                .forEach(entry -> gone.putIfAbsent(Objects.requireNonNull(entry.value()), entry));
        return gone;
    }

    /** Adds an entry to what is shown, if a dict can have such. */
    private static boolean show(SourceEntry entry, String key, StateDictBuilder shown) {
        if (entry.value() instanceof Tensor tensor) {
            shown.put(key, tensor, entry.role(), entry.storedType());
            return true;
        }
        if (entry.value() instanceof ExtraStateValue extra && ExtraStateValue.isKey(key)) {
            extra.addTo(shown, ModulePath.modulePath(key));
            return true;
        }
        return false;
    }

    /**
     * An entry that came back under that key. One that was kept, or whose tensor was given another key, is still known by
     * the name that the caller gave; and what a plain map does not know of it is as it was.
     */
    private SourceEntry named(SourceEntry entry, String key, Map<Object, SourceEntry> gone) {
        SourceEntry before = find(key);
        SourceEntry original = before == null && entry.value() != null ? gone.remove(entry.value()) : before;
        if (original == null) {
            return new SourceEntry.Changed(key, key, entry.value(), entry.role(), entry.storedType(), entry.isPlain());
        }
        return entry.isPlain()
                ? new SourceEntry.Changed(
                        original.givenKey(),
                        key,
                        entry.value(),
                        original.role(),
                        storedType(entry, original),
                        original.isPlain())
                : new SourceEntry.Changed(
                        original.givenKey(), key, entry.value(), entry.role(), entry.storedType(), false);
    }

    /** That of the original; what was stored as it was in memory stays so. */
    private static StoredType storedType(SourceEntry entry, SourceEntry original) {
        boolean asInMemory = original.value() instanceof Tensor before
                && original.storedType() == StoredType.of(before.elementType());
        return asInMemory ? entry.storedType() : original.storedType();
    }

    private @Nullable SourceEntry find(String key) {
        int position = position(key);
        return position < 0 ? null : entries.get(position);
    }

    /** The caller's keys that an entry was made of. */
    List<String> origins(SourceEntry entry) {
        return origins.getOrDefault(entry.givenKey(), List.of(entry.givenKey()));
    }

    /** The caller's keys that a mapping dropped. */
    List<String> dropped() {
        return dropped;
    }

    /** The caller's keys of which a mapping said nothing. */
    List<String> untouched() {
        return untouched;
    }

    /** The entries in order. */
    List<SourceEntry> entries() {
        return entries;
    }

    /** Where the entry of a key stands, or -1. */
    int position(String key) {
        return positions().getOrDefault(key, -1);
    }

    List<Problem> problems() {
        return problems;
    }
}
