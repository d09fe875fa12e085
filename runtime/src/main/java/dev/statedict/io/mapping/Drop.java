package dev.statedict.io.mapping;

import dev.statedict.text.Glob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves keys out. It has no inverse, for what is left out is lost.
 *
 * @param keys which
 */
public record Drop(Glob keys) implements Rule {
    @Override
    public List<Item> apply(List<Item> items, List<String> problems) {
        List<Item> kept =
                items.stream().filter(item -> !keys.matches(item.key())).toList();
        if (kept.size() == items.size()) {
            problems.add("no key matches \"" + keys + "\"");
        }
        return kept;
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
