package dev.statedict.cli;

import dev.statedict.StoredType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Repeated layers in one row: tensors of one shape and type whose keys differ in a number become {@code
 * layers.{0..31}.weight}. Where a key has several numbers the last is folded first, so that {@code
 * layers.{0..31}.experts.{0..7}.weight} stands for each pair of them.
 */
final class LayerFolding {
    /**
     * A row.
     *
     * @param components what stands between the dots of a key, or of the pattern of several
     * @param first the first of the tensors that it stands for
     * @param count how many they are
     */
    record Row(List<String> components, Listing.Item first, long count) {
        String key() {
            return String.join(".", components);
        }

        private boolean hasIndexAt(int component) {
            return component < components.size() && isIndex(components.get(component));
        }

        private List<String> with(int component, String text) {
            List<String> others = new ArrayList<>(components);
            others.set(component, text);
            return others;
        }
    }

    /** What rows that fold have in common: all but one component of their keys. */
    private record Fold(int component, List<String> rest, List<Integer> shape, StoredType type, long count) {}

    private LayerFolding() {}

    /** A row each. */
    static List<Row> unfolded(List<Listing.Item> items) {
        return items.stream()
                .map(item -> new Row(List.of(item.key().split("\\.", -1)), item, 1))
                .toList();
    }

    /** In the order of the first of each row. Tensors that share bytes are told one by one. */
    static List<Row> fold(List<Listing.Item> items) {
        List<Row> rows = unfolded(items);
        int components =
                rows.stream().mapToInt(row -> row.components.size()).max().orElse(0);
        for (int component = components - 1; component >= 0; component--) {
            rows = fold(rows, component);
        }
        return rows;
    }

    private static List<Row> fold(List<Row> rows, int component) {
        Map<Object, List<Row>> folds = new LinkedHashMap<>();
        for (Row row : rows) {
            Listing.Item first = row.first;
            Object fold = first.isShared() || !row.hasIndexAt(component)
                    ? row
                    : new Fold(component, row.with(component, "*"), first.shape(), first.type(), row.count);
            folds.computeIfAbsent(fold, any -> new ArrayList<>(1)).add(row);
        }
        List<Row> folded = new ArrayList<>(folds.size());
        for (List<Row> members : folds.values()) {
            Row first = members.get(0);
            folded.add(
                    members.size() == 1
                            ? first
                            : new Row(
                                    first.with(component, ranges(members, component)),
                                    first.first,
                                    first.count * members.size()));
        }
        return folded;
    }

    /** Of at most nine digits, without leading zeros: a range must not stand for keys that are not there. */
    private static boolean isIndex(String part) {
        return !part.isEmpty()
                && part.length() < 10
                && part.chars().allMatch(c -> c >= '0' && c <= '9')
                && (part.length() == 1 || part.charAt(0) != '0');
    }

    /** For example {@code {0..3,5}}. */
    private static String ranges(List<Row> rows, int component) {
        List<int[]> ranges = new ArrayList<>();
        rows.stream()
                .mapToInt(row -> Integer.parseInt(row.components.get(component)))
                .sorted()
                .forEach(index -> {
                    int[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
                    if (last != null && last[1] == index - 1) {
                        last[1] = index;
                    } else {
                        ranges.add(new int[] {index, index});
                    }
                });
        return ranges.stream()
                .map(range -> range[0] == range[1] ? "" + range[0] : range[0] + ".." + range[1])
                .collect(Collectors.joining(",", "{", "}"));
    }
}
