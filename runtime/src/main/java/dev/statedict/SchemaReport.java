package dev.statedict;

import dev.statedict.text.KeyList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link StateDictSchema} says of a dict or a file.
 *
 * @param missing the keys that it must have and lacks
 * @param unexpected the keys that it has and the schema lacks
 * @param shapes what is wrong with shapes, a sentence each
 * @param clashes what else keeps the state from loading, a sentence each: two keys for one place, a version newer than
 *     the class's
 * @param types entries stored in a type that may hold values which the declared type does not, a sentence each: whether
 *     they load shows only when they are read
 * @param migrations modules whose older state is for the {@code migrate} method of their class to change, a sentence each:
 *     nothing below them is judged, for whether that loads shows only when it is called
 * @param renamed the keys that are former names, with the current ones
 * @param retired the keys that the classes have retired
 */
public record SchemaReport(
        List<String> missing,
        List<String> unexpected,
        List<String> shapes,
        List<String> clashes,
        List<String> types,
        List<String> migrations,
        Map<String, String> renamed,
        List<String> retired) {
    /**
     * Copies what it is given.
     *
     * @param missing the keys that it must have and lacks
     * @param unexpected the keys that it has and the schema lacks
     * @param shapes what is wrong with shapes
     * @param clashes what else keeps the state from loading
     * @param types entries stored in a type that may not fit
     * @param migrations modules whose older state is to be migrated
     * @param renamed the keys that are former names
     * @param retired the keys that the classes have retired
     */
    public SchemaReport {
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
        shapes = List.copyOf(shapes);
        clashes = List.copyOf(clashes);
        types = List.copyOf(types);
        migrations = List.copyOf(migrations);
        renamed = Collections.unmodifiableMap(new LinkedHashMap<>(renamed));
        retired = List.copyOf(retired);
    }

    /**
     * Whether nothing speaks against a strict load but, perhaps, values and what migrations make of them.
     *
     * @return whether no key is missing or unexpected, every shape fits and nothing clashes
     */
    public boolean isCompatible() {
        return missing.isEmpty() && unexpected.isEmpty() && shapes.isEmpty() && clashes.isEmpty();
    }

    /**
     * The report in the words of a load error.
     *
     * @return {@code <All keys matched successfully>} when nothing is to be said
     */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        if (!missing.isEmpty()) {
            lines.add("Missing key(s) in state_dict: " + KeyList.quoted(missing) + ".");
        }
        if (!unexpected.isEmpty()) {
            lines.add("Unexpected key(s) in state_dict: " + KeyList.quoted(unexpected) + ".");
        }
        lines.addAll(shapes);
        lines.addAll(clashes);
        lines.addAll(types);
        lines.addAll(migrations);
        if (!renamed.isEmpty()) {
            lines.add(KeyList.count(renamed.size(), "key") + " renamed: " + KeyList.plain(renamed.entrySet()));
        }
        if (!retired.isEmpty()) {
            lines.add(KeyList.count(retired.size(), "key") + " retired: " + KeyList.plain(retired));
        }
        return lines.isEmpty() ? "<All keys matched successfully>" : String.join("\n", lines);
    }
}
