package dev.statedict.tensor;

import org.jspecify.annotations.Nullable;

/** Copies elements side by side; very many in {@link Pieces}, by several threads. */
final class ArrayCopy {
    private ArrayCopy() {}

    /** Copies between storages of one type, of which an array each may be the same, where the two ranges may overlap. */
    static void copy(Elements<Object> elements, Object source, int from, Object target, int to, int length) {
        boolean small = length < Pieces.LARGE_BYTES / elements.size();
        if (small && source instanceof float[] floats && target instanceof float[] others) {
            // what most do: no call that depends on the type
            System.arraycopy(floats, from, others, to, length);
        } else if (small || source == target || target instanceof RowArrays rows && rows.hasRepeats()) {
            copyRange(elements, source, from, target, to, length);
        } else {
            pieces(elements, source, from, target, to, length).doTogether();
        }
    }

    /**
     * The same copy, to be made once, of ranges that do not overlap, to rows of which none stands twice, with all that it
     * allocates made already; null where it allocates nothing.
     */
    static @Nullable Runnable prepared(
            Elements<Object> elements, Object source, int from, Object target, int to, int length) {
        if (length < Pieces.LARGE_BYTES / elements.size() || source == target) {
            return null;
        }
        return pieces(elements, source, from, target, to, length)::doTogether;
    }

    private static Pieces pieces(
            Elements<Object> elements, Object source, int from, Object target, int to, int length) {
        int size = Pieces.BYTES / elements.size();
        return new Pieces((length - 1) / size + 1, piece -> {
            int start = piece * size;
            copyRange(elements, source, from + start, target, to + start, Math.min(size, length - start));
        });
    }

    private static void copyRange(
            Elements<Object> elements, Object source, int from, Object target, int to, int length) {
        if (source instanceof RowArrays || target instanceof RowArrays) {
            copyRows(elements, source, from, target, to, length);
        } else {
            elements.copy(source, from, target, to, length);
        }
    }

    /** Row by row, without the divisions of {@link Runs}: those take a third of the time of a copy of rows of 1,024. */
    private static void copyRows(
            Elements<Object> elements, Object source, int from, Object target, int to, int length) {
        RowArrays rows = source instanceof RowArrays some ? some : null;
        RowArrays others = target instanceof RowArrays some ? some : null;
        int rowLength = rows != null ? rows.rowLength : Integer.MAX_VALUE;
        int otherLength = others != null ? others.rowLength : Integer.MAX_VALUE;
        int row = from / rowLength;
        int other = to / otherLength;
        int at = from % rowLength;
        int otherAt = to % otherLength;
        for (int left = length, count; left > 0; left -= count) {
            count = Math.min(left, Math.min(rowLength - at, otherLength - otherAt));
            elements.copy(
                    rows != null ? rows.rows[row] : source,
                    at,
                    others != null ? others.rows[other] : target,
                    otherAt,
                    count);
            at += count;
            otherAt += count;
            if (at == rowLength) {
                at = 0;
                row++;
            }
            if (otherAt == otherLength) {
                otherAt = 0;
                other++;
            }
        }
    }
}
