package dev.statedict.io.mapping;

import dev.statedict.Policy;
import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StateMapping;
import dev.statedict.Stateful;
import dev.statedict.StoredType;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.ModulePath;
import dev.statedict.tree.PossibleTies;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dict taken through rules, each of which sees what the one before made. What comes out is known by keys, shapes and types
 * before any tensor is looked into.
 */
public final class MappingRun {
    /** An empty dict of live tensors, to build such a one on. */
    private static final StateDict LIVE = ((Stateful) visitor -> {}).namedParameters();

    private final StateDict given;
    private final List<Rule> rules;
    private final List<String> problems = new ArrayList<>();

    private MappingRun(StateDict given, List<Rule> rules) {
        this.given = given;
        this.rules = rules;
    }

    /**
     * Applies rules; nothing is thrown for what does not fit, which is told in the result.
     *
     * @param given the dict, not changed
     * @param rules in order
     * @return what came out, and how
     */
    public static StateMapping.Result of(StateDict given, List<Rule> rules) {
        return new MappingRun(given, rules).result();
    }

    /**
     * An entry that is stored and not read.
     *
     * @param key its key
     * @param shape its shape
     * @param type what its elements will be in memory
     * @param storedType what they are stored as
     */
    public record Described(String key, int[] shape, ElementType type, StoredType storedType) {}

    /**
     * Takes entries through rules of which nothing is read.
     *
     * @param entries those of a file
     * @param rules in order
     * @param problems is told what does not fit
     * @return what comes out, as far as it comes
     */
    public static List<Described> of(List<Described> entries, List<Rule> rules, List<String> problems) {
        List<Item> items = new ArrayList<>();
        for (Described entry : entries) {
            items.add(Item.described(entry.key(), entry.shape(), entry.type(), Role.PARAMETER, entry.storedType()));
        }
        return through(items, rules, problems).stream()
                .map(item -> new Described(item.key(), item.shape(), item.type(), item.storedType()))
                .toList();
    }

    private StateMapping.Result result() {
        List<Item> items = new ArrayList<>();
        given.forEach((key, tensor) -> items.add(Item.given(key, tensor, given.role(key), given.storedType(key))));
        return result(through(items, rules, problems));
    }

    private StateMapping.Result result(List<Item> items) {
        StateDictBuilder builder = given.policy() == Policy.ALIAS ? LIVE.toBuilder() : StateDict.builder();
        Map<String, List<String>> sources = new LinkedHashMap<>();
        Set<String> dropped = new LinkedHashSet<>(given.keySet());
        List<String> untouched = new ArrayList<>();
        Set<String> givenTies = PossibleTies.of(given);
        Set<String> ties = new HashSet<>();
        for (Item item : items) {
            dropped.removeAll(item.sources());
            Tensor tensor = made(item);
            if (tensor != null) {
                builder.put(item.key(), tensor, item.role(), item.storedType());
                sources.put(item.key(), item.sources());
                if (givenTies.containsAll(item.sources())) {
                    ties.add(item.key());
                }
                if (!item.isTouched()) {
                    untouched.add(item.key());
                }
            }
        }
        moveModules(builder);
        PossibleTies.mark(builder, ties);
        return new StateMapping.Result(builder.build(), sources, List.copyOf(dropped), untouched, problems);
    }

    private static List<Item> through(List<Item> items, List<Rule> rules, List<String> problems) {
        List<Item> through = items;
        int number = 0;
        for (Rule rule : rules) {
            number++;
            List<String> found = new ArrayList<>();
            through = withoutTwins(rule.apply(through, found), found);
            for (String problem : found) {
                problems.add("rule " + number + ", " + rule + ": " + problem);
            }
        }
        return through;
    }

    private static List<Item> withoutTwins(List<Item> items, List<String> problems) {
        Map<String, Item> byKey = new LinkedHashMap<>();
        for (Item item : items) {
            Item before = byKey.putIfAbsent(item.key(), item);
            if (before != null) {
                problems.add(
                        "two sources for one key \"" + item.key() + "\": " + names(before) + " and " + names(item));
            }
        }
        return List.copyOf(byKey.values());
    }

    private static String names(Item item) {
        return "\"" + String.join("\", \"", item.sources()) + "\"";
    }

    /** The tensor of an item; null when a value is not one of the type that it is cast to. */
    private @Nullable Tensor made(Item item) {
        try {
            return item.tensor();
        } catch (ArithmeticException inexact) {
            problems.add("\"" + item.key() + "\": " + inexact.getMessage());
            return null;
        }
    }

    /** Extra state goes where its key goes, and a module's version with it. */
    private void moveModules(StateDictBuilder builder) {
        Set<String> paths = new HashSet<>();
        given.extraState().forEach((path, value) -> {
            String key = extraStateKey(ExtraStateValue.key(path));
            if (key == null) {
                return;
            }
            if (!ExtraStateValue.isKey(key) || !paths.add(ModulePath.modulePath(key))) {
                problems.add("the extra state \"" + ExtraStateValue.key(path) + "\" would be \"" + key + "\", which is "
                        + (ExtraStateValue.isKey(key) ? "that of another" : "the key of none"));
                return;
            }
            new ExtraStateValue(value).addTo(builder, ModulePath.modulePath(key));
        });
        given.versions().forEach((path, version) -> {
            String key = path.isEmpty() ? ExtraStateValue.key("") : extraStateKey(ExtraStateValue.key(path));
            if (key != null && ExtraStateValue.isKey(key)) {
                builder.version(ModulePath.modulePath(key), version);
            }
        });
    }

    private @Nullable String extraStateKey(String key) {
        String moved = key;
        for (Rule rule : rules) {
            moved = moved == null ? null : rule.extraStateKey(moved);
        }
        return moved;
    }
}
