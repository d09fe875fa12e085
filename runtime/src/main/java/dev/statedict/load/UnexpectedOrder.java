package dev.statedict.load;

import dev.statedict.tree.ModulePath;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * PyTorch's order of unexpected keys: each module reports those directly below it, in module order; within a module they
 * come as in the dict ({@code Module._load_from_state_dict}).
 */
final class UnexpectedOrder {
    private UnexpectedOrder() {}

    static List<SourceEntry> of(List<SourceEntry> entries, List<ModulePath> paths) {
        Map<String, Integer> position = new HashMap<>();
        for (ModulePath module : paths) {
            position.put(module.prefix(), position.size());
        }
        Comparator<SourceEntry> byOwner = Comparator.comparing(entry -> ownerPosition(entry.key(), position));
        return entries.stream().sorted(byOwner).toList();
    }

    /** The deepest module that the key leads to, from the root through modules that exist. */
    private static int ownerPosition(String key, Map<String, Integer> position) {
        int owner = Objects.requireNonNull(position.get(""));
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
            Integer deeper = position.get(key.substring(0, dot + 1));
            if (deeper == null) {
                break;
            }
            owner = deeper;
        }
        return owner;
    }
}
