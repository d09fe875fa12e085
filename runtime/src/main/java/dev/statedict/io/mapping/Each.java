package dev.statedict.io.mapping;

import dev.statedict.text.Glob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes each tensor of some keys, which they keep.
 *
 * @param keys which
 * @param change what is done to each
 */
public record Each(Glob keys, Change change) implements Rule {
    @Override
    public List<Item> apply(List<Item> items, List<String> problems) {
        List<Item> changed = new ArrayList<>();
        boolean matched = false;
        for (Item item : items) {
            boolean matches = keys.matches(item.key());
            matched |= matches;
            String refusal = matches ? change.refusal(item) : null;
            if (refusal != null) {
                problems.add("\"" + item.key() + "\" has shape " + item.shapeText() + " and type " + item.type() + ", "
                        + refusal);
            }
            changed.add(matches && refusal == null ? change.of(item) : item);
        }
        if (!matched) {
            problems.add("no key matches \"" + keys + "\"");
        }
        return changed;
    }

    @Override
    public @Nullable Rule inverse() {
        Change back = change.inverse();
        return back == null ? null : new Each(keys, back);
    }

    @Override
    public String toString() {
        return change.name() + " \"" + keys + "\"" + change.details();
    }
}
