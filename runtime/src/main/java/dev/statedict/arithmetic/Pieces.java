package dev.statedict.arithmetic;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Goes through very many elements by several threads, for one alone does not use all of memory's speed. Each piece is done once,
 * whether or not there is a thread to be had: half of an average would be no average.
 */
final class Pieces {
    /** Far beyond what caches hold, and a hundred times what it costs to wake a thread. */
    private static final int LARGE = 1 << 22;

    private static final int PIECE = 1 << 20;

    /** Does what is to be done with elements that lie side by side; it throws nothing. */
    @FunctionalInterface
    interface Work {
        void run(int start, int count);
    }

    private Pieces() {}

    static void run(int count, Work work) {
        if (count < LARGE) {
            work.run(0, count);
            return;
        }
        int pieces = (count - 1) / PIECE + 1;
        AtomicInteger next = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(pieces);
        Runnable worker = () -> {
            for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
                int start = piece * PIECE;
                work.run(start, Math.min(PIECE, count - start));
                left.countDown();
            }
        };
        try {
            for (int thread = Runtime.getRuntime().availableProcessors(); thread > 1; thread--) {
                ForkJoinPool.commonPool().execute(worker);
            }
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            // this one does it alone
        }
        worker.run();
        await(left);
    }

    private static void await(CountDownLatch left) {
        boolean interrupted = false;
        while (true) {
            try {
                left.await();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
