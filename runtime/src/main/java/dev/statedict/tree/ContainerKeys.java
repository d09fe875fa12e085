package dev.statedict.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names of what containers hold: what has none is refused. */
final class ContainerKeys {
    private ContainerKeys() {}

    /** What in a map is or holds modules: only there its keys must be names, and in an order. */
    static Map<String, @Nullable Object> modules(ModulePath at, Map<?, ?> map) {
        Map<String, @Nullable Object> modules = KeyOrder.isKeptBy(map) ? new LinkedHashMap<>() : new TreeMap<>();
        map.forEach((key, value) -> {
            if (ModuleSearch.isOrHoldsModule(key)) {
                throw nameless(at, "a Map, as a key");
            }
            if (ModuleSearch.isOrHoldsModule(value)) {
                if (!(key instanceof String)) {
                    throw nameless(at, "a Map, under the key " + key + ", which is no string");
                }
                modules.put(checked(at, key), value);
            }
        });
        return modules;
    }

    static IllegalStateException nameless(ModulePath at, String where) {
        return new IllegalStateException("\"" + at + "\" holds a module in " + where
                + ", where it has no name: keep modules in Lists, arrays, Optionals and Maps with String keys, or write"
                + " @Transient on the field");
    }

    /** As {@code ModuleDict} and {@code register_parameter} check names. */
    static String checked(ModulePath at, @Nullable Object key) {
        if (!(key instanceof String name)) {
            throw new IllegalStateException("the map at \"" + at + "\" has the key " + key + ": keys must be strings");
        }
        String problem = MemberNames.problem(name);
        if (problem != null) {
            throw new IllegalStateException("the map at \"" + at + "\" has the key \"" + name + "\": " + problem);
        }
        return name;
    }
}
