package dev.statedict.io.mapping;

import dev.statedict.text.Glob;
import dev.statedict.text.KeyPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries on their way through the rules, in order and by key. A rule of one key looks at one entry, so that as many
 * rules as keys, which is what a program writes that renames them one by one, take time in proportion to them: 20,000 of
 * each a tenth of a second, and not the 40 s of looking at every entry for every rule.
 */
final class Items {
    /** By place: what is made of one entry stands at its place, or, of several, at that place and a number more. */
    private final TreeMap<int[], Item> inOrder = new TreeMap<>(Arrays::compare);

    private final Map<String, int[]> places = new HashMap<>();

    /**
     * Entries before any rule.
     *
     * @param given in order; no key twice
     */
    Items(List<Item> given) {
        for (Item item : given) {
            int[] place = {places.size()};
            places.put(item.key(), place);
            inOrder.put(place, item);
        }
    }

    /** All of them, in order. */
    List<Item> all() {
        return List.copyOf(inOrder.values());
    }

    /** Those whose keys match, in order. */
    List<Item> matching(Glob keys) {
        if (keys.isLiteral()) {
            Item item = find(keys.text());
            return item == null ? List.of() : List.of(item);
        }
        return inOrder.values().stream()
                .filter(item -> keys.matches(item.key()))
                .toList();
    }

    /** Those whose keys match, in order, with what the groups stand for. */
    Map<Item, Map<String, String>> matching(KeyPattern keys) {
        if (keys.isLiteral()) {
            Item item = find(keys.toString());
            return item == null ? Map.of() : Map.of(item, Map.of());
        }
        Map<Item, Map<String, String>> matching = new LinkedHashMap<>();
        for (Item item : inOrder.values()) {
            Map<String, String> found = keys.match(item.key());
            if (found != null) {
                matching.put(item, found);
            }
        }
        return matching;
    }

    private @Nullable Item find(String key) {
        int[] place = places.get(key);
        return place == null ? null : inOrder.get(place);
    }

    /** The order in which they stand. */
    Comparator<Item> order() {
        return Comparator.comparing(item -> places.getOrDefault(item.key(), new int[0]), Arrays::compare);
    }

    /**
     * Puts others in the places of some.
     *
     * @param made what stands in the place of each: nothing, one, or several
     * @param problems is told of keys that there would be twice, of which the first stays
     */
    void replace(Map<Item, List<Item>> made, List<String> problems) {
        Map<Item, int[]> placeOf = new HashMap<>();
        for (Item item : made.keySet()) {
            int[] place = places.remove(item.key());
            inOrder.remove(place);
            placeOf.put(item, place);
        }
        boolean twins = false;
        for (Map.Entry<Item, List<Item>> entry : made.entrySet()) {
            int[] place = placeOf.getOrDefault(entry.getKey(), new int[0]);
            List<Item> others = entry.getValue();
            for (int i = 0; i < others.size(); i++) {
                int[] at = place;
                if (others.size() > 1) {
                    at = Arrays.copyOf(place, place.length + 1);
                    at[place.length] = i;
                }
                inOrder.put(at, others.get(i));
                twins |= places.putIfAbsent(others.get(i).key(), at) != null;
            }
        }
        if (twins) {
            removeTwins(problems);
        }
    }

    private void removeTwins(List<String> problems) {
        places.clear();
        List<int[]> removed = new ArrayList<>();
        inOrder.forEach((place, item) -> {
            int[] before = places.putIfAbsent(item.key(), place);
            if (before != null) {
                problems.add("two sources for one key \"" + item.key() + "\": "
                        + inOrder.getOrDefault(before, item).sourceNames() + " and " + item.sourceNames());
                removed.add(place);
            }
        });
        removed.forEach(inOrder::remove);
    }
}
