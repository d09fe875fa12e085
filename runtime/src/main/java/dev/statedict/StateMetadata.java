package dev.statedict;

import dev.statedict.tree.ModulePath;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a state dict holds beside its tensors, by module path.
 *
 * @param extraState the extra state
 * @param versions the versions of the modules' classes; empty when nothing is known, else the root's is among them, and
 *     a path that is not has version 1
 * @param possibleTies the keys that may be none, as {@link dev.statedict.tree.PossibleTies} tells
 */
record StateMetadata(
        Map<String, @Nullable Object> extraState, Map<String, Integer> versions, Set<String> possibleTies) {
    static final StateMetadata NONE = new StateMetadata(Map.of(), Map.of());

    StateMetadata(Map<String, @Nullable Object> extraState, Map<String, Integer> versions) {
        this(extraState, versions, Set.of());
    }

    static StateMetadata copyOf(
            Map<String, @Nullable Object> extraState, Map<String, Integer> versions, Set<String> possibleTies) {
        return new StateMetadata(
                Collections.unmodifiableMap(new LinkedHashMap<>(extraState)),
                Collections.unmodifiableMap(new LinkedHashMap<>(versions)),
                Set.copyOf(possibleTies));
    }

    /** The version of the class of the module at a path. */
    int version(String modulePath) {
        return versions.getOrDefault(modulePath, 1);
    }

    /** Whether the other says the same: a version that is not named is 1. */
    boolean contentEquals(StateMetadata other) {
        return extraState.equals(other.extraState) && significant(versions).equals(significant(other.versions));
    }

    static Map<String, Integer> significant(Map<String, Integer> versions) {
        Map<String, Integer> significant = new HashMap<>(versions);
        significant.values().removeIf(version -> version == 1);
        return significant;
    }

    /** The versions under other prefixes, {@code "fc."} for the path {@code "fc"}; null drops one. */
    static Map<String, Integer> moved(Map<String, Integer> versions, UnaryOperator<@Nullable String> newPrefix) {
        Map<String, Integer> moved = new LinkedHashMap<>();
        versions.forEach((path, version) -> {
            String prefix = newPrefix.apply(ModulePath.prefix(path));
            if (prefix != null && (prefix.isEmpty() || prefix.endsWith("."))) {
                // of two that become one, the deeper was the module
                moved.put(ModulePath.modulePath(prefix), version);
            }
        });
        if (!versions.isEmpty()) {
            moved.putIfAbsent("", 1);
        }
        return moved;
    }
}
