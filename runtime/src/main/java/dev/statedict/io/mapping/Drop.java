package dev.statedict.io.mapping;

import dev.statedict.text.Glob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leaves keys out. It has no inverse, for what is left out is lost.
 *
 * @param keys which
 */
public record Drop(Glob keys) implements Rule {
    @Override
    public void apply(Items items, List<String> problems) {
        Map<Item, List<Item>> dropped = new HashMap<>();
        items.matching(keys).forEach(item -> dropped.put(item, List.of()));
        if (dropped.isEmpty()) {
            problems.add("no key matches \"" + keys + "\"");
        }
        items.replace(dropped, problems);
    }

    @Override
    public @Nullable String extraStateKey(String key) {
        return keys.matches(key) ? null : key;
    }

    @Override
    public @Nullable Rule inverse() {
        return null;
    }

    @Override
    public String toString() {
        return "drop \"" + keys + "\"";
    }
}
