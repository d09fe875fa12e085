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
            ElementLoops.copyRuns(
                    elements,
                    new Runs(source, Layout.contiguous(length).from(from)),
                    new Runs(target, Layout.contiguous(length).from(to)));
        } else {
            elements.copy(source, from, target, to, length);
        }
    }
}
