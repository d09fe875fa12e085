package dev.statedict.io.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes wholes apart, as {@code torch.split}; each piece is a view.
 *
 * @param pieces what becomes what
 */
public record Split(Pieces pieces) implements Rule {
    @Override
    public List<Item> apply(List<Item> items, List<String> problems) {
        List<Item> after = new ArrayList<>();
        boolean matched = false;
        for (Item item : items) {
            Map<String, String> found = pieces.whole().match(item.key());
            if (found == null) {
                after.add(item);
                continue;
            }
            matched = true;
            int dim = pieces.dimension(item);
            int[] sizes = dim < 0 ? null : pieces.of(item.shape()[dim]);
            if (sizes == null) {
                problems.add("\"" + item.key() + "\" has shape " + item.shapeText() + ", which cannot be split into "
                        + pieces.keys().size() + (pieces.sizes().isEmpty() ? " equal" : "") + " pieces"
                        + pieces.along());
                after.add(item);
                continue;
            }
            int start = 0;
            for (int i = 0; i < sizes.length; i++) {
                int[] shape = item.shape();
                shape[dim] = sizes[i];
                int from = start;
                after.add(item.withKey(pieces.keys().get(i).key(found))
                        .withShape(shape, () -> item.tensor().narrow(dim, from, shape[dim])));
                start += sizes[i];
            }
        }
        if (!matched) {
            problems.add("no key matches \"" + pieces.whole() + "\"");
        }
        return after;
    }

    @Override
    public Rule inverse() {
        return new Concatenate(pieces);
    }

    @Override
    public String toString() {
        return "split \"" + pieces.whole() + "\" to " + pieces.names() + pieces.along();
    }
}
