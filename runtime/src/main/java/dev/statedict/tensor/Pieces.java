package dev.statedict.tensor;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Work by the piece, to be done once, by whoever comes: for very many bytes, one thread alone does not use all of memory's
 * speed. Threads help and are not needed: where none can be made the work is done all the same, for a load that has begun
 * to write must come to its end. A parallel stream would fail where one of its threads cannot be started, and leave others
 * that write when the caller has gone on; here one that comes late finds nothing to do.
 */
final class Pieces implements Runnable {
    /** Far beyond what caches hold, and a hundred times what it costs to wake a thread. */
    static final int LARGE_BYTES = 1 << 24;

    /** What one thread does before it asks for more. */
    static final int BYTES = 1 << 22;

    private final int count;
    private final IntConsumer work;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private volatile @Nullable Throwable thrown;

    /**
     * Work that nobody does yet; what it takes to do it is allocated here, but for what the work itself makes.
     *
     * @param work does the piece of a number; each is done once, by any thread, unless one before it threw
     */
    Pieces(int count, IntConsumer work) {
        this.count = count;
        this.work = work;
        this.left = new CountDownLatch(count);
    }

    /** Does all of it, once, and throws what a piece has thrown. */
    void doTogether() {
        try {
            int helpers = Math.min(ForkJoinPool.getCommonPoolParallelism(), count - 1);
            for (int i = 0; i < helpers; i++) {
                ForkJoinPool.commonPool().execute(this);
            }
        } catch (OutOfMemoryError | RuntimeException noThread) {
            // a container may run as many as it may: those that did start help, or this one is alone
        }
        run();
        await();
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Does what is left, with whoever does so too. */
    @Override
    public void run() {
        for (int piece = next.getAndIncrement(); piece < count; piece = next.getAndIncrement()) {
            try {
                if (thrown == null) {
                    work.accept(piece);
                }
            } catch (RuntimeException | Error failed) {
                thrown = failed;
            } finally {
                left.countDown();
            }
        }
    }

    /** Waits for those that others began. */
    private void await() {
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
