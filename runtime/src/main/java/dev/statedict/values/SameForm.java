package dev.statedict.values;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import dev.statedict.text.KeyList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Dicts that values can flow between: the same keys, shapes and element types, and no two that are known to be of several versions, for
 * values of one version must not come under the number of another.
 */
public final class SameForm {
    private static final String MEND =
            "; load the dict of the earlier version into a module, which migrates it, and take that module's stateDict()";

    private static final List<String> ORDINALS =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");

    /** A dict, and what it is called where it is compared with others. */
    private record Named(String name, StateDict dict) {}

    private SameForm() {}

    /**
     * Compares two dicts.
     *
     * @throws IllegalArgumentException naming everything in which they differ
     */
    public static void require(StateDict one, StateDict other) {
        if (one != other) {
            require(List.of(one, other));
        }
    }

    /**
     * Compares all dicts with each other.
     *
     * @throws IllegalArgumentException naming everything in which they differ
     */
    public static void require(List<StateDict> dicts) {
        requireNamed(named(dicts));
    }

    /**
     * Compares all dicts with each other, and with one that takes what is computed of them.
     *
     * @throws IllegalArgumentException naming everything in which they differ
     */
    public static void require(StateDict target, List<StateDict> dicts) {
        List<Named> all = new ArrayList<>();
        all.add(new Named("the target", target));
        all.addAll(named(dicts));
        requireNamed(all);
    }

    private static List<Named> named(List<StateDict> dicts) {
        List<Named> named = new ArrayList<>();
        for (StateDict dict : dicts) {
            int position = named.size();
            named.add(new Named(
                    "the " + (position < ORDINALS.size() ? ORDINALS.get(position) : (position + 1) + "."), dict));
        }
        return named;
    }

    private static void requireNamed(List<Named> dicts) {
        List<String> differences = new ArrayList<>();
        for (Named other : dicts.subList(1, dicts.size())) {
            addEntries(dicts.get(0), other, differences);
        }
        int ofEntries = differences.size();
        addVersions(dicts, differences);
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(
                    "the dicts differ: " + KeyList.plain(differences) + (differences.size() > ofEntries ? MEND : ""));
        }
    }

    private static void addEntries(Named one, Named other, List<String> differences) {
        for (Map.Entry<String, Tensor> entry : one.dict.entrySet()) {
            Tensor ours = entry.getValue();
            Tensor theirs = other.dict.get(entry.getKey());
            if (theirs == null) {
                differences.add("\"" + entry.getKey() + "\" is in " + one.name + " alone");
            } else if (!theirs.hasSameShapeAs(ours)) {
                differences.add("\"" + entry.getKey() + "\" has shape " + Arrays.toString(ours.shape()) + " in "
                        + one.name + " and " + Arrays.toString(theirs.shape()) + " in " + other.name);
            } else if (theirs.elementType() != ours.elementType()) {
                differences.add("\"" + entry.getKey() + "\" is " + ours.elementType() + " in " + one.name + " and "
                        + theirs.elementType() + " in " + other.name);
            }
        }
        for (String key : other.dict.keySet()) {
            if (!one.dict.containsKey(key)) {
                differences.add("\"" + key + "\" is in " + other.name + " alone");
            }
        }
    }

    /** Of what a dict says nothing it fits any: so all that say something are compared with the first that does. */
    private static void addVersions(List<Named> dicts, List<String> differences) {
        List<Named> known =
                dicts.stream().filter(named -> !named.dict.versions().isEmpty()).toList();
        for (int i = 1; i < known.size(); i++) {
            addVersions(known.get(0), known.get(i), differences);
        }
    }

    /** A module that is not named has version 1. */
    private static void addVersions(Named one, Named other, List<String> differences) {
        Map<String, Integer> ours = one.dict.versions();
        Map<String, Integer> theirs = other.dict.versions();
        if (ours.equals(theirs)) {
            return;
        }
        TreeSet<String> paths = new TreeSet<>(ours.keySet());
        paths.addAll(theirs.keySet());
        for (String path : paths) {
            int first = ours.getOrDefault(path, 1);
            int second = theirs.getOrDefault(path, 1);
            if (first != second) {
                String module = path.isEmpty() ? "the root module" : "the module \"" + path + '"';
                differences.add(
                        module + " has version " + first + " in " + one.name + " and " + second + " in " + other.name);
            }
        }
    }
}
