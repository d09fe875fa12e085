package dev.statedict;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The order in which a map is read: its own where it has one, else that of its keys, so that the same content gives the
 * same state dict on every machine (PyTorch's {@code ParameterDict.update} sorts plain mappings likewise).
 */
final class KeyOrder {
    private KeyOrder() {}

    static Map<?, ?> of(Map<?, ?> map) {
        boolean ordered = map instanceof LinkedHashMap || map instanceof SortedMap || map instanceof StateDict;
        return ordered || map.size() < 2 ? map : new TreeMap<>(map);
    }
}
