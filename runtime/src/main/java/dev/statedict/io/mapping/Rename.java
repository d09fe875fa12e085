package dev.statedict.io.mapping;

import dev.statedict.text.KeyPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives keys other names.
 *
 * @param from what it applies to
 * @param to has no group that {@code from} lacks
 */
public record Rename(KeyPattern from, KeyPattern to) implements Rule {
    /**
     * Checks that the name can be made.
     *
     * @param from what it applies to
     * @param to has no group that {@code from} lacks
     */
    public Rename {
        for (String group : to.groups()) {
            if (!from.groups().contains(group)) {
                throw new IllegalArgumentException("\"" + to + "\" has the group {" + group + "}, which \"" + from
                        + "\" lacks; a key takes its groups from the one that it had");
            }
        }
    }

    @Override
    public void apply(Items items, List<String> problems) {
        Map<Item, List<Item>> renamed = new LinkedHashMap<>();
        items.matching(from).forEach((item, found) -> renamed.put(item, List.of(item.withKey(to.key(found)))));
        if (renamed.isEmpty()) {
            problems.add("no key matches \"" + from + "\"");
        }
        items.replace(renamed, problems);
    }

    @Override
    public String extraStateKey(String key) {
        Map<String, String> found = from.match(key);
        return found == null ? key : to.key(found);
    }

    @Override
    public @Nullable Rule inverse() {
        return from.groups().equals(to.groups()) ? new Rename(to, from) : null;
    }

    @Override
    public String toString() {
        return "rename \"" + from + "\" to \"" + to + "\"";
    }
}
