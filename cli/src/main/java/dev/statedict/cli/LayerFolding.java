package dev.statedict.cli;

import dev.statedict.StoredType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Repeated layers in one row: tensors of one shape and type whose keys differ in a number become {@code
 * layers.{0..31}.weight}. Where a key has several numbers the last is folded first, so that {@code
 * layers.{0..31}.experts.{0..7}.weight} stands for each pair of them.
 */
final class LayerFolding {
    /**
     * A row.
     *
     * @param key a key, or the pattern of several
     * @param first the first of the tensors that it stands for
     * @param count how many they are
     */
    record Row(String key, Listing.Item first, long count) {}

    /** What rows that fold have in common: all but one component of their keys. */
    private record Fold(String before, String after, List<Integer> shape, StoredType type, long count) {}

    /** What is deeper is not folded: a hostile key may be all dots. */
    private static final int MOST_COMPONENTS = 16;

    private LayerFolding() {}

    /** A row each. */
    static List<Row> unfolded(List<Listing.Item> items) {
        List<Row> rows = new ArrayList<>(items.size());
        for (Listing.Item item : items) {
            rows.add(new Row(item.key(), item, 1));
        }
        return rows;
    }

    /** In the order of the first of each row. Tensors that share bytes are told one by one. */
    static List<Row> fold(List<Listing.Item> items) {
        List<Row> rows = unfolded(items);
        for (int component = components(rows) - 1; component >= 0; component--) {
            rows = fold(rows, component);
        }
        return rows;
    }

    private static int components(List<Row> rows) {
        int components = 0;
        for (Row row : rows) {
            int count = 1;
            for (int dot = row.key.indexOf('.'); dot >= 0; dot = row.key.indexOf('.', dot + 1)) {
                count++;
            }
            components = Math.max(components, count);
        }
        return Math.min(components, MOST_COMPONENTS);
    }

    private static List<Row> fold(List<Row> rows, int component) {
        List<List<Row>> result = new ArrayList<>();
        Map<Fold, List<Row>> folds = new HashMap<>();
        for (Row row : rows) {
            int start = start(row.key, component);
            int end = start < 0 ? start : end(row.key, start);
            if (row.first.isShared() || start < 0 || !isIndex(row.key, start, end)) {
                result.add(List.of(row));
                continue;
            }
            Fold fold = new Fold(
                    row.key.substring(0, start),
                    row.key.substring(end),
                    row.first.shape(),
                    row.first.type(),
                    row.count);
            List<Row> members = folds.get(fold);
            if (members == null) {
                members = new ArrayList<>();
                folds.put(fold, members);
                result.add(members);
            }
            members.add(row);
        }
        List<Row> folded = new ArrayList<>(result.size());
        for (List<Row> members : result) {
            folded.add(members.size() == 1 ? members.get(0) : merged(members, component));
        }
        return folded;
    }

    private static Row merged(List<Row> members, int component) {
        Row first = members.get(0);
        int start = start(first.key, component);
        int[] indices = members.stream()
                .mapToInt(row -> Integer.parseInt(row.key, start, end(row.key, start), 10))
                .sorted()
                .toArray();
        String key = first.key.substring(0, start) + ranges(indices) + first.key.substring(end(first.key, start));
        return new Row(key, first.first, first.count * members.size());
    }

    /**
     * Where a component begins, or -1. What was folded before lies behind the component, so that the dots of its ranges are
     * not met.
     */
    private static int start(String key, int component) {
        int start = 0;
        for (int i = 0; i < component; i++) {
            int dot = key.indexOf('.', start);
            if (dot < 0) {
                return -1;
            }
            start = dot + 1;
        }
        return start;
    }

    private static int end(String key, int start) {
        int dot = key.indexOf('.', start);
        return dot < 0 ? key.length() : dot;
    }

    /** Of at most nine digits, without leading zeros: a range must not stand for keys that are not there. */
    private static boolean isIndex(String key, int start, int end) {
        for (int i = start; i < end; i++) {
            if (key.charAt(i) < '0' || key.charAt(i) > '9') {
                return false;
            }
        }
        return end > start && end - start < 10 && (end - start == 1 || key.charAt(start) != '0');
    }

    /** For example {@code {0..3,5}}. */
    private static String ranges(int[] indices) {
        StringJoiner ranges = new StringJoiner(",", "{", "}");
        for (int i = 0; i < indices.length; i++) {
            int first = indices[i];
            while (i + 1 < indices.length && indices[i + 1] == indices[i] + 1) {
                i++;
            }
            ranges.add(first == indices[i] ? "" + first : first + ".." + indices[i]);
        }
        return ranges.toString();
    }
}
