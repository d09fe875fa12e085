package dev.statedict.tensor;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies elements side by side; very many by several threads, for one alone does not use all of memory's speed. Threads
 * help and are not needed: where none can be made the copy is made all the same, for a load that has begun to write must
 * come to its end.
 */
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
            copyTogether(pieces(elements, source, from, target, to, length));
        }
    }

    /**
     * The same copy, to be made once, of ranges that do not overlap, to rows of which none stands twice, with all that it
     * allocates made already; null where it allocates nothing.
     */
    static @Nullable Runnable prepared(
            Elements<Object> elements, Object source, int from, Object target, int to, int length) {
        if (length < LARGE_BYTES / elements.size() || source == target) {
            return null;
        }
        Pieces pieces = pieces(elements, source, from, target, to, length);
        return () -> copyTogether(pieces);
    }

    private static Pieces pieces(
            Elements<Object> elements, Object source, int from, Object target, int to, int length) {
        int size = PIECE_BYTES / elements.size();
        return new Pieces((length - 1) / size + 1, piece -> {
            int start = piece * size;
            copyRange(elements, source, from + start, target, to + start, Math.min(size, length - start));
        });
    }

    private static void copyTogether(Pieces pieces) {
        try {
            int helpers = Math.min(ForkJoinPool.getCommonPoolParallelism(), pieces.count - 1);
            for (int i = 0; i < helpers; i++) {
                ForkJoinPool.commonPool().execute(pieces);
            }
        } catch (OutOfMemoryError | RuntimeException noThread) {
            // a container may run as many as it may: those that did start help, or this one is alone
        }
        pieces.run();
        pieces.await();
    }

    /**
     * What is left to copy, for whoever comes. A parallel stream would fail where one of its threads cannot be started, and
     * leave others that write when the caller has gone on; here one that comes late finds nothing to do.
     */
    private static final class Pieces implements Runnable {
        private final int count;
        private final IntConsumer copy;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch left;

        Pieces(int count, IntConsumer copy) {
            this.count = count;
            this.copy = copy;
            this.left = new CountDownLatch(count);
        }

        @Override
        public void run() {
            for (int piece = next.getAndIncrement(); piece < count; piece = next.getAndIncrement()) {
                copy.accept(piece);
                left.countDown();
            }
        }

        /** Waits for those that others began. */
        void await() {
            boolean interrupted = false;
            while (left.getCount() > 0) {
                try {
                    left.await();
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (OutOfMemoryError noPlaceInTheQueue) {
                    Thread.onSpinWait();
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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
