package dev.statedict.tree;

import java.util.Map;

/**
 * What a dict or a file says of the versions of the modules' classes.
 *
 * @param byPrefix the versions by the prefix of each module's keys; empty where nothing is said
 */
public record Versions(Map<String, Integer> byPrefix) {
    /**
     * The version of the module with that prefix: what is said of it, 1 where it is said of others only, and where nothing
     * is said, the given one.
     */
    public int of(String prefix, int otherwise) {
        return byPrefix.isEmpty() ? otherwise : byPrefix.getOrDefault(prefix, 1);
    }
}
