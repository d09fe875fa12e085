package dev.statedict.tensor;

import java.util.stream.IntStream;

/** Copies elements side by side; very many by several threads, for one alone does not use all of memory's speed. */
final class ArrayCopy {
    /** Far beyond what caches hold, and a hundred times what it costs to wake a thread. */
    private static final int LARGE_BYTES = 1 << 24;

    private static final int PIECE_BYTES = 1 << 22;

    private ArrayCopy() {}

    /** Copies between storages of one type, of which an array each may be the same, where the two ranges may overlap. */
    static void copy(Elements<Object> elements, Object source, int from, Object target, int to, int length) {
        boolean small = length < LARGE_BYTES / elements.size();
        if (small && source instanceof float[] floats && target instanceof float[] others) {
            // what most do: no call that depends on the type
            System.arraycopy(floats, from, others, to, length);
        } else if (small || source == target || target instanceof RowArrays rows && rows.hasRepeats()) {
            copyRange(elements, source, from, target, to, length);
        } else {
            int piece = PIECE_BYTES / elements.size();
            IntStream.rangeClosed(0, (length - 1) / piece).parallel().forEach(i -> {
                int start = i * piece;
                copyRange(elements, source, from + start, target, to + start, Math.min(piece, length - start));
            });
        }
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
        Object[] rows = source instanceof RowArrays some ? some.rows : new Object[] {source};
        Object[] others = target instanceof RowArrays some ? some.rows : new Object[] {target};
        int rowLength = source instanceof RowArrays some ? some.rowLength : Integer.MAX_VALUE;
        int otherLength = target instanceof RowArrays some ? some.rowLength : Integer.MAX_VALUE;
        int row = from / rowLength;
        int other = to / otherLength;
        int at = from % rowLength;
        int otherAt = to % otherLength;
        for (int left = length, count; left > 0; left -= count) {
            count = Math.min(left, Math.min(rowLength - at, otherLength - otherAt));
            elements.copy(rows[row], at, others[other], otherAt, count);
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
