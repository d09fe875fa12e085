package dev.statedict.io.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes wholes apart, as {@code torch.split}; each piece is a view.
 *
 * @param pieces what becomes what
 */
public record Split(Pieces pieces) implements Rule {
    @Override
    public void apply(Items items, List<String> problems) {
        Map<Item, Map<String, String>> wholes = items.matching(pieces.whole());
        if (wholes.isEmpty()) {
            problems.add("no key matches \"" + pieces.whole() + "\"");
        }
        Map<Item, List<Item>> apart = new LinkedHashMap<>();
        wholes.forEach((item, found) -> {
            int dim = pieces.dimension(item);
            int[] sizes = dim < 0 ? null : pieces.of(item.shape()[dim]);
            if (sizes == null) {
                problems.add("\"" + item.key() + "\" has shape " + item.shapeText() + ", which cannot be split into "
                        + pieces.keys().size() + (pieces.sizes().isEmpty() ? " equal" : "") + " pieces"
                        + pieces.along());
            } else {
                apart.put(item, apart(item, found, dim, sizes));
            }
        });
        items.replace(apart, problems);
    }

    private List<Item> apart(Item item, Map<String, String> found, int dim, int[] sizes) {
        List<Item> apart = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < sizes.length; i++) {
            int[] shape = item.shape();
            shape[dim] = sizes[i];
            int from = start;
            apart.add(item.withKey(pieces.keys().get(i).key(found))
                    .withShape(shape, List.of(pieces, i), () -> item.tensor().narrow(dim, from, shape[dim])));
            start += sizes[i];
        }
        return apart;
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
