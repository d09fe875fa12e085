package dev.statedict.cli;

import dev.statedict.StateDict;
import dev.statedict.StateDictDiff;
import dev.statedict.StoredType;
import dev.statedict.io.Checkpoint;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In what two files differ. Tensors are read in pairs, and let go before the next.
 *
 * @param missing the keys of the first that the second lacks
 * @param added the keys of the second that the first lacks
 * @param shapes the tensors of another shape
 * @param types the tensors that are stored as another type
 * @param values the tensors of one shape with other elements
 * @param beside what differs beside the tensors
 * @param alike how many tensors are the same
 */
record FileDiff(
        List<String> missing,
        List<String> added,
        List<StateDictDiff.ShapeChange> shapes,
        List<TypeChange> types,
        List<StateDictDiff.ValueChange> values,
        List<EntryChange> beside,
        long alike) {
    /** Two tensors that are stored as different types. */
    record TypeChange(String key, StoredType before, StoredType after) {}

    /**
     * Metadata, a plain value, extra state, a version or what is foreign that differs, is missing or was added.
     *
     * @param section what it is: {@code metadata}
     * @param name its name
     * @param before what the first has, null for nothing
     * @param after what the second has, null for nothing
     */
    record EntryChange(
            String section,
            String name,
            @Nullable Object before,
            @Nullable Object after) {}

    static FileDiff between(Checkpoint first, Checkpoint second, KeyGlob globs, Progress progress) throws IOException {
        FileDiff diff = new FileDiff(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                beside(first, second),
                0);
        long alike = 0;
        for (String key : first.keys()) {
            if (!globs.matches(key)) {
                continue;
            }
            if (second.keys().contains(key)) {
                alike += diff.compare(key, first, second) ? 1 : 0;
                progress.add(first.location(key).byteCount());
            } else {
                diff.missing.add(key);
            }
        }
        for (String key : second.keys()) {
            if (globs.matches(key) && !first.keys().contains(key)) {
                diff.added.add(key);
            }
        }
        return new FileDiff(diff.missing, diff.added, diff.shapes, diff.types, diff.values, diff.beside, alike);
    }

    private boolean compare(String key, Checkpoint first, Checkpoint second) throws IOException {
        boolean sameType = first.storedType(key) == second.storedType(key);
        if (!sameType) {
            types.add(new TypeChange(key, first.storedType(key), second.storedType(key)));
        }
        if (!Arrays.equals(first.shape(key), second.shape(key))) {
            shapes.add(new StateDictDiff.ShapeChange(key, Sizes.list(first.shape(key)), Sizes.list(second.shape(key))));
            return false;
        }
        List<StateDictDiff.ValueChange> changes =
                dict(key, first.tensor(key)).diff(dict(key, second.tensor(key))).values();
        values.addAll(changes);
        return sameType && changes.isEmpty();
    }

    private static StateDict dict(String key, Tensor tensor) {
        return StateDict.builder().put(key, tensor).build();
    }

    private static List<EntryChange> beside(Checkpoint first, Checkpoint second) {
        List<EntryChange> changes = new ArrayList<>();
        compare("metadata", Metadata.of(first), Metadata.of(second), changes);
        compare("value", first.values(), second.values(), changes);
        compare("extra state", first.extraState(), second.extraState(), changes);
        compare("version", first.versions(), second.versions(), changes);
        compare("foreign", first.foreign(), second.foreign(), changes);
        return changes;
    }

    private static void compare(
            String section, Map<String, ?> first, Map<String, ?> second, List<EntryChange> changes) {
        Set<String> names = new LinkedHashSet<>(first.keySet());
        names.addAll(second.keySet());
        for (String name : names) {
            if (!Objects.equals(first.get(name), second.get(name))
                    || first.containsKey(name) != second.containsKey(name)) {
                changes.add(new EntryChange(section, name, first.get(name), second.get(name)));
            }
        }
    }

    /** Without what lies beside the tensors. */
    FileDiff ofTensors() {
        return new FileDiff(missing, added, shapes, types, values, List.of(), alike);
    }

    boolean isEmpty() {
        return missing.isEmpty()
                && added.isEmpty()
                && shapes.isEmpty()
                && types.isEmpty()
                && values.isEmpty()
                && beside.isEmpty();
    }
}
