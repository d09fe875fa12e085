package dev.statedict.io.manager;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes in another thread, one thing at a time and at most one more waiting. A thread lives for what there is to write, so that an
 * idle manager keeps no process from ending, and a process that ends lets a writing one finish. Nobody ever interrupts it.
 */
public final class BackgroundWriter {
    /** Writes one checkpoint. */
    public interface Task {
        /** {@return its step} */
        long step();

        /**
         * Writes it.
         *
         * @throws IOException when that fails
         */
        void run() throws IOException;
    }

    private record Failure(long step, Throwable cause) {}

    private @Nullable Task running;
    private @Nullable Task waiting;
    private @Nullable Failure failure;
    private boolean told;

    /** An idle writer. */
    public BackgroundWriter() {}

    /** {@return whether something is being written} */
    public synchronized boolean isBusy() {
        return running != null;
    }

    /**
     * Takes back what waits.
     *
     * @return it, if it had not begun
     */
    public synchronized @Nullable Task withdraw() {
        Task withdrawn = waiting;
        waiting = null;
        return withdrawn;
    }

    /**
     * Writes something, behind what is being written.
     *
     * @param task what to write; nothing waits
     */
    public synchronized void submit(Task task) {
        if (running != null) {
            waiting = task;
            return;
        }
        running = task;
        boolean started = false;
        try {
            new Thread(this::run, "statedict-checkpoint-writer").start();
            started = true;
        } finally {
            if (!started) {
                running = null;
            }
        }
    }

    private void run() {
        Task task = running();
        while (task != null) {
            @Nullable Throwable problem = null;
            try {
                task.run();
            } catch (Throwable failed) {
                // whatever it is, the thread that trains must hear of it
                problem = failed;
            }
            task = next(task, problem);
        }
    }

    private synchronized @Nullable Task running() {
        return running;
    }

    private synchronized @Nullable Task next(Task done, @Nullable Throwable problem) {
        if (problem != null) {
            failure = new Failure(done.step(), problem);
            told = false;
        } else if (told) {
            failure = null;
        }
        running = waiting;
        waiting = null;
        notifyAll();
        return running;
    }

    /**
     * Waits until nothing is being written.
     *
     * @throws InterruptedIOException when interrupted, now or before; the thread is then still marked as interrupted
     */
    public synchronized void await() throws InterruptedIOException {
        try {
            while (running != null) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "interrupted while an earlier checkpoint was being written, which goes on");
        }
    }

    /** Waits until nothing is being written, whoever interrupts; the thread is then marked as interrupted. */
    public synchronized void awaitUninterruptibly() {
        boolean interrupted = false;
        while (running != null) {
            try {
                wait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Tells of a failure, once.
     *
     * @throws IOException when something could not be written, and nobody was told yet
     */
    public synchronized void tellFailure() throws IOException {
        if (failure != null && !told) {
            told = true;
            throw exception(failure);
        }
    }

    /**
     * Tells of a failure that nobody was told of, or after which nothing was written.
     *
     * @throws IOException when there is one
     */
    public synchronized void tellLastFailure() throws IOException {
        if (failure != null) {
            throw exception(failure);
        }
    }

    /** Each time a new one, which may be suppressed by an earlier one. */
    private static IOException exception(Failure failure) {
        return new IOException("step " + failure.step + " could not be saved: " + failure.cause, failure.cause);
    }
}
