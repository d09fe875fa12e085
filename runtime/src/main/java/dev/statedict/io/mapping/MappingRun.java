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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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

    private final @Nullable Unread unread;
    private final Map<List<Object>, Tensor> standIns = new HashMap<>();

    private MappingRun(StateDict given, List<Rule> rules, @Nullable Unread unread) {
        this.given = given;
        this.rules = rules;
        this.unread = unread;
    }

    /**
     * Applies rules; nothing is thrown for what does not fit, which is told in the result.
     *
     * @param given the dict, not changed
     * @param rules in order
     * @return what came out, and how
     */
    public static StateMapping.Result of(StateDict given, List<Rule> rules) {
        return new MappingRun(given, rules, null).result();
    }

    /** A dict of tensors that stand for others, which are not read. */
    public interface Unread {
        /**
         * Reads what one stands for.
         *
         * @param standIn a tensor of the dict
         * @return reads it anew each time
         */
        Supplier<Tensor> reading(Tensor standIn);

        /**
         * What is to stand for a tensor that the rules make.
         *
         * @param type its type
         * @param shape its shape
         * @param making makes it anew each time
         * @return another tensor of that type and shape
         */
        Tensor standIn(ElementType type, int[] shape, Supplier<Tensor> making);
    }

    /**
     * Applies rules to a dict of which nothing is read. What comes out as it was given is the same tensor; what is tied comes
     * out tied where the same is done to it.
     *
     * @param given of tensors that stand for others
     * @param rules in order
     * @param unread what they stand for
     * @return what came out, of such tensors too
     */
    public static StateMapping.Result of(StateDict given, List<Rule> rules, Unread unread) {
        return new MappingRun(given, rules, unread).result();
    }

    /**
     * What a file holds, unread.
     *
     * @param entries its tensors
     * @param extraState the paths of the modules that have some
     * @param versions by module path
     */
    public record Described(List<DescribedEntry> entries, Set<String> extraState, Map<String, Integer> versions) {}

    /**
     * An entry that is stored and not read.
     *
     * @param key its key
     * @param shape its shape
     * @param type what its elements will be in memory
     * @param storedType what they are stored as
     */
    public record DescribedEntry(String key, int[] shape, ElementType type, StoredType storedType) {}

    /**
     * Takes what a file holds through rules; nothing is read.
     *
     * @param file what it holds
     * @param rules in order
     * @param problems is told what does not fit
     * @return what comes out, as far as it comes
     */
    public static Described of(Described file, List<Rule> rules, List<String> problems) {
        List<Item> items = new ArrayList<>();
        for (DescribedEntry entry : file.entries()) {
            items.add(Item.described(entry.key(), entry.shape(), entry.type(), Role.PARAMETER, entry.storedType()));
        }
        List<DescribedEntry> entries = through(items, rules, problems).stream()
                .map(item -> new DescribedEntry(item.key(), item.shape(), item.type(), item.storedType()))
                .toList();
        Map<String, Boolean> extraState = new LinkedHashMap<>();
        file.extraState().forEach(path -> extraState.put(path, true));
        return new Described(entries, moved(extraState, rules, problems).keySet(), moved(file.versions(), rules));
    }

    private StateMapping.Result result() {
        List<Item> items = new ArrayList<>();
        given.forEach((key, tensor) -> items.add(
                unread == null
                        ? Item.given(key, tensor, given.role(key), given.storedType(key))
                        : Item.unread(key, tensor, given.role(key), given.storedType(key), unread.reading(tensor))));
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
            item.sources().forEach(dropped::remove);
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
        moved(given.extraState(), rules, problems)
                .forEach((path, value) -> new ExtraStateValue(value).addTo(builder, path));
        moved(given.versions(), rules).forEach(builder::version);
        PossibleTies.mark(builder, ties);
        return new StateMapping.Result(builder.build(), sources, List.copyOf(dropped), untouched, problems);
    }

    private static List<Item> through(List<Item> given, List<Rule> rules, List<String> problems) {
        Items items = new Items(given);
        int number = 0;
        for (Rule rule : rules) {
            number++;
            List<String> found = new ArrayList<>();
            rule.apply(items, found);
            for (String problem : found) {
                problems.add("rule " + number + ", " + rule + ": " + problem);
            }
        }
        return items.all();
    }

    /** The tensor of an item; null when a value is not one of the type that it is cast to. */
    private @Nullable Tensor made(Item item) {
        if (unread != null) {
            List<Object> recipe = item.recipe();
            return recipe.size() == 1 && recipe.get(0) instanceof Tensor same
                    ? same
                    : standIns.computeIfAbsent(
                            recipe, other -> unread.standIn(item.type(), item.shape(), item::tensor));
        }
        try {
            return item.tensor();
        } catch (ArithmeticException inexact) {
            problems.add("\"" + item.key() + "\": " + inexact.getMessage());
            return null;
        }
    }

    /** Extra state by the module path to which its key goes. */
    private static <V extends @Nullable Object> Map<String, V> moved(
            Map<String, V> extraState, List<Rule> rules, List<String> problems) {
        Map<String, V> moved = new LinkedHashMap<>();
        extraState.forEach((path, value) -> {
            String key = extraStateKey(ExtraStateValue.key(path), rules);
            if (key == null) {
                return;
            }
            boolean isKey = ExtraStateValue.isKey(key);
            if (!isKey || moved.containsKey(ModulePath.modulePath(key))) {
                problems.add("the extra state \"" + ExtraStateValue.key(path) + "\" would be \"" + key + "\", which is "
                        + (isKey ? "that of another" : "the key of none"));
                return;
            }
            moved.put(ModulePath.modulePath(key), value);
        });
        return moved;
    }

    /** The version of a module goes where its extra state would. */
    private static Map<String, Integer> moved(Map<String, Integer> versions, List<Rule> rules) {
        Map<String, Integer> moved = new LinkedHashMap<>();
        versions.forEach((path, version) -> {
            String key = path.isEmpty() ? ExtraStateValue.key("") : extraStateKey(ExtraStateValue.key(path), rules);
            if (key != null && ExtraStateValue.isKey(key)) {
                moved.put(ModulePath.modulePath(key), version);
            }
        });
        return moved;
    }

    private static @Nullable String extraStateKey(String key, List<Rule> rules) {
        String moved = key;
        for (Rule rule : rules) {
            moved = moved == null ? null : rule.extraStateKey(moved);
        }
        return moved;
    }
}
