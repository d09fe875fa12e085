package dev.statedict.io.mapping;

import dev.statedict.text.Glob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes each tensor of some keys, which they keep.
 *
 * @param keys which
 * @param change what is done to each
 */
public record Each(Glob keys, Change change) implements Rule {
    @Override
    public void apply(Items items, List<String> problems) {
        Map<Item, List<Item>> changed = new LinkedHashMap<>();
        List<Item> matching = items.matching(keys);
        for (Item item : matching) {
            String refusal = change.refusal(item);
            if (refusal == null) {
                changed.put(item, List.of(change.of(item)));
            } else {
                problems.add("\"" + item.key() + "\" has shape " + item.shapeText() + " and type " + item.type() + ", "
                        + refusal);
            }
        }
        if (matching.isEmpty()) {
            problems.add("no key matches \"" + keys + "\"");
        }
        items.replace(changed, problems);
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
