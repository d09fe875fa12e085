package dev.statedict.io.transfer;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Numbered pieces of work, shared out among the calling thread and helpers that end before it goes on. Each thread takes
 * the next piece when it is done with one, so that all end at nearly the same time.
 */
public final class ParallelWork {
    /** Does pieces of work, in one thread. */
    public interface Worker {
        /**
         * Does a piece.
         *
         * @param piece its number
         * @throws IOException when it fails; then no further piece is begun
         */
        void accept(int piece) throws IOException;
    }

    /** Below this, what a thread saves is less than what it costs. */
    private static final long BYTES_PER_THREAD = 1 << 22;

    /** Memory, and the kernel's page cache, are busy with fewer. */
    private static final int MAX_THREADS = 4;

    // the first piece is the calling thread's
    private final AtomicInteger next = new AtomicInteger(1);
    private final int count;
    private int failedPiece = Integer.MAX_VALUE;
    private @Nullable Throwable failure;

    private ParallelWork(int count) {
        this.count = count;
    }

    /**
     * How many threads are worth while, the calling one included.
     *
     * @param bytes what is to be moved between memory and a file
     * @return at least 1, at most as many as there are processors
     */
    public static int threads(long bytes) {
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
        return (int) Math.max(Math.min(bytes / BYTES_PER_THREAD, processors), 1);
    }

    /**
     * Does all pieces, the first in the calling thread, so that its interrupt ends even work that helpers could have done
     * alone. Of several pieces that fail, it is the first by number that this tells of, whichever thread was faster.
     *
     * @param count how many pieces there are
     * @param workers one for each thread; the first works in the calling one
     * @throws IOException what a worker has thrown, as do unchecked exceptions
     */
    public static void run(int count, List<? extends Worker> workers) throws IOException {
        ParallelWork work = new ParallelWork(count);
        List<Thread> helpers = new ArrayList<>();
        try {
            for (Worker worker : workers.subList(1, workers.size())) {
                Thread helper = new Thread(
                        () -> work.doPieces(work.next.getAndIncrement(), worker),
                        "statedict-files-" + (helpers.size() + 1));
                helper.setDaemon(true);
                helper.start();
                helpers.add(helper);
            }
            work.doPieces(0, workers.get(0));
        } finally {
            // no piece is left, or none will be begun: what is awaited is one piece of each
            work.next.set(count);
            helpers.forEach(ParallelWork::join);
        }
        work.rethrow();
    }

    private void doPieces(int first, Worker worker) {
        for (int piece = first; piece < count; piece = next.getAndIncrement()) {
            try {
                worker.accept(piece);
            } catch (Throwable failed) {
                next.set(count);
                fail(piece, failed);
                return;
            }
        }
    }

    private synchronized void fail(int piece, Throwable failed) {
        // an interrupt closes the file, at which the others fail too
        boolean interrupted = failed instanceof ClosedByInterruptException;
        if (interrupted || (piece < failedPiece && !(failure instanceof ClosedByInterruptException))) {
            failure = failed;
            failedPiece = piece;
        }
    }

    private synchronized void rethrow() throws IOException {
        if (failure instanceof IOException failed) {
            throw failed;
        }
        if (failure instanceof RuntimeException failed) {
            throw failed;
        }
        if (failure instanceof Error failed) {
            throw failed;
        }
    }

    static void join(Thread helper) {
        boolean interrupted = false;
        while (helper.isAlive()) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
