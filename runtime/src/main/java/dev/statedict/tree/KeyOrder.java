package dev.statedict.tree;

import dev.statedict.StateDict;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a map is read: its own where it has one, else that of its keys, so that the same content gives the
 * same state dict on every machine (PyTorch's {@code ParameterDict.update} sorts plain mappings likewise).
 */
public final class KeyOrder {
    // null and foreign keys stand first, for whoever reads the map to refuse
    private static final Comparator<@Nullable Object> BY_TEXT = Comparator.<@Nullable Object, Boolean>comparing(
                    String.class::isInstance)
            .thenComparing(String::valueOf);

    private KeyOrder() {}

    /** Whether a map has an order of its own. */
    static boolean isKeptBy(Map<?, ?> map) {
        return map instanceof LinkedHashMap || map instanceof SortedMap || map instanceof StateDict;
    }

    public static Map<?, ?> of(Map<?, ?> map) {
        if (isKeptBy(map) || map.size() < 2) {
            return map;
        }
        Map<@Nullable Object, @Nullable Object> sorted = new TreeMap<>(BY_TEXT);
        sorted.putAll(map);
        return sorted;
    }
}
