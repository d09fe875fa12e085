package dev.statedict.tensor;

import java.util.stream.IntStream;

/** Copies elements between arrays; very many by several threads, for one alone does not use all of memory's speed. */
final class ArrayCopy {
    /** 16 MB: far beyond what caches hold, and a hundred times what it costs to wake a thread. */
    private static final int LARGE = 1 << 22;

    private static final int PIECE = 1 << 20;

    private ArrayCopy() {}

    /** As {@link System#arraycopy}, also where the two ranges overlap. */
    static void copy(float[] source, int from, float[] target, int to, int length) {
        if (length < LARGE || source == target) {
            System.arraycopy(source, from, target, to, length);
            return;
        }
        int pieces = (length - 1) / PIECE + 1;
        IntStream.range(0, pieces).parallel().forEach(piece -> {
            int start = piece * PIECE;
            System.arraycopy(source, from + start, target, to + start, Math.min(PIECE, length - start));
        });
    }
}
