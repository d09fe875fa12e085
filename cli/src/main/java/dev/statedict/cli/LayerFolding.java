package dev.statedict.cli;

import dev.statedict.StoredType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

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

    /**
     * What rows that fold have in common: all but one component of their keys. A class, for a record's own hash takes the
     * virtual machine 40 ms to make for a listing of many tensors, a sixth of all its time.
     */
    private static final class Fold {
        private final String before;
        private final String after;
        private final List<Integer> shape;
        private final StoredType type;
        private final long count;

        Fold(Row row, int start, int end) {
            this.before = row.key.substring(0, start);
            this.after = row.key.substring(end);
            this.shape = row.first.shape();
            this.type = row.first.type();
            this.count = row.count;
        }

        /** Whether a row is of this one, which mostly is the one before's; without making its texts. */
        boolean has(Row row, int start, int end) {
            return start == before.length()
                    && row.key.length() - end == after.length()
                    && row.key.startsWith(before)
                    && row.key.endsWith(after)
                    && row.count == count
                    && row.first.type() == type
                    && row.first.shape().equals(shape);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Fold fold
                    && count == fold.count
                    && type == fold.type
                    && before.equals(fold.before)
                    && after.equals(fold.after)
                    && shape.equals(fold.shape);
        }

        @Override
        public int hashCode() {
            return before.hashCode() * 31 + after.hashCode();
        }
    }

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
        int numbered = numbered(rows);
        for (int component = MOST_COMPONENTS - 1; component >= 0; component--) {
            if ((numbered >> component & 1) != 0) {
                rows = fold(rows, component);
            }
        }
        return rows;
    }

    /** Which components are a number in some key, a bit each. */
    private static int numbered(List<Row> rows) {
        int numbered = 0;
        for (Row row : rows) {
            int start = 0;
            for (int component = 0; component < MOST_COMPONENTS && start >= 0; component++) {
                int end = end(row.key, start);
                if (isIndex(row.key, start, end)) {
                    numbered |= 1 << component;
                }
                start = end == row.key.length() ? -1 : end + 1;
            }
        }
        return numbered;
    }

    private static List<Row> fold(List<Row> rows, int component) {
        List<List<Row>> result = new ArrayList<>();
        Map<Fold, List<Row>> folds = new HashMap<>();
        Fold last = null;
        List<Row> ofLast = new ArrayList<>();
        for (Row row : rows) {
            int start = start(row.key, component);
            int end = start < 0 ? start : end(row.key, start);
            if (row.first.isShared() || start < 0 || !isIndex(row.key, start, end)) {
                result.add(List.of(row));
                continue;
            }
            if (last == null || !last.has(row, start, end)) {
                last = new Fold(row, start, end);
                List<Row> members = folds.get(last);
                if (members == null) {
                    members = new ArrayList<>();
                    folds.put(last, members);
                    result.add(members);
                }
                ofLast = members;
            }
            ofLast.add(row);
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
        int[] indices = new int[members.size()];
        for (int i = 0; i < indices.length; i++) {
            String numbered = members.get(i).key;
            indices[i] = Integer.parseInt(numbered, start, end(numbered, start), 10);
        }
        Arrays.sort(indices);
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
