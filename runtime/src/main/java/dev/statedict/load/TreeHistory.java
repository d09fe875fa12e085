package dev.statedict.load;

import dev.statedict.tree.ModuleHistory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What the classes of a module tree say of their past, by the prefix of each module's keys. */
public final class TreeHistory {
    private final Map<String, ModuleHistory> byPrefix = new HashMap<>();
    private final Set<String> modulePrefixes = new HashSet<>();

    TreeHistory(Targets targets) {
        targets.histories().forEach((path, history) -> byPrefix.put(path.prefix(), history));
        if (!byPrefix.isEmpty()) {
            targets.paths().forEach(path -> modulePrefixes.add(path.prefix()));
        }
    }

    boolean isEmpty() {
        return byPrefix.isEmpty();
    }

    /** The key with the former names of submodules replaced by their current ones. */
    String withCurrentModules(String key) {
        return walk(key, false);
    }

    /** The key with every former name replaced by the current one. */
    String withCurrentNames(String key) {
        return walk(key, true);
    }

    /** From the root through modules that exist, renaming on the way. */
    private String walk(String key, boolean members) {
        String current = key;
        int start = 0;
        while (true) {
            String prefix = current.substring(0, start);
            int dot = current.indexOf('.', start);
            String name = dot < 0 ? current.substring(start) : current.substring(start, dot);
            ModuleHistory history = byPrefix.get(prefix);
            String newName = history == null ? null : history.currentName(name);
            if (newName != null && (members || modulePrefixes.contains(prefix + newName + '.'))) {
                current = prefix + newName + current.substring(start + name.length());
                name = newName;
            }
            start += name.length() + 1;
            if (dot < 0 || !modulePrefixes.contains(current.substring(0, start))) {
                return current;
            }
        }
    }

    /** Whether a module on the way to the key has retired it. */
    boolean isRetired(String key) {
        return anyOnTheWay(key, (prefix, history) -> history.isRetired(key.substring(prefix.length())));
    }

    /**
     * Whether the key came with a version later than that of the dict.
     *
     * @param versionOf the version that the dict has for the module with a prefix
     */
    boolean isAddition(String key, ToIntFunction<String> versionOf) {
        return anyOnTheWay(key, (prefix, history) -> {
            int dot = key.indexOf('.', prefix.length());
            String name = key.substring(prefix.length(), dot < 0 ? key.length() : dot);
            return history.isYoungerThan(name, versionOf.applyAsInt(prefix));
        });
    }

    private interface Test {
        boolean of(String prefix, ModuleHistory history);
    }

    private boolean anyOnTheWay(String key, Test test) {
        for (int end = 0; end >= 0; end = nextPrefix(key, end)) {
            String prefix = key.substring(0, end);
            ModuleHistory history = byPrefix.get(prefix);
            if (history != null && test.of(prefix, history)) {
                return true;
            }
        }
        return false;
    }

    /** Where the next longer prefix of the key ends, or -1. */
    private static int nextPrefix(String key, int end) {
        int dot = key.indexOf('.', end);
        return dot < 0 ? -1 : dot + 1;
    }

    @Nullable
    ModuleHistory at(String prefix) {
        return byPrefix.get(prefix);
    }
}
