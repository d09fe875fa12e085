package dev.statedict.io.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Buffers that go round between the calling thread, which alone reads or writes the user's stream, and a helper, which turns
 * elements into bytes or bytes into elements meanwhile, for as long as that makes it faster. A stream cannot be read or
 * written by position, so this is what a second processor is good for: of 256 MB that are saved to a file's stream in 57 ms
 * by one thread, and in 51 by two, 44 are the kernel's; as many are loaded in 34 and in 26, where a channel takes 25.
 *
 * <p>Each buffer is worked on once for each time that it is given, in the order given, and one at a time. What the helper has
 * not begun by the time that it is needed, the calling thread does: where other threads want all processors, waiting for the
 * helper's turn took up to ten times as long as doing without it.
 */
public final class Relay implements Closeable {
    /** What is done with a buffer. */
    public interface Work {
        /**
         * Does a piece, in either thread.
         *
         * @param buffer little-endian, on an array
         * @param piece its number, from 0 on
         * @throws IOException when it fails; that goes to the calling thread, and nothing further is done
         */
        void accept(ByteBuffer buffer, int piece) throws IOException;
    }

    /** One on each side, and two on their way. */
    private static final int BUFFERS = 4;

    /**
     * How often a thread looks whether there is a buffer before it goes to sleep: some 200 us, in which one of 256 KB comes. To
     * be woken takes 50 us, for each buffer: with it, two threads took as long as one.
     */
    private static final int LOOKS = 1 << 12;

    private final Work work;
    private final ByteBuffer[] ring = new ByteBuffer[BUFFERS];
    private final Thread caller = Thread.currentThread();
    private final @Nullable Thread helper;

    /** How many pieces were given; written by the calling thread. */
    private volatile int given;
    /** How many were begun: who raises it while as many are done works on that piece. */
    private final AtomicInteger begun = new AtomicInteger();
    /** How many are done; written by who began the last. */
    private volatile int done;

    private final HelperTrial trial = new HelperTrial();
    private volatile boolean helperRests;

    private volatile boolean callerSleeps;
    private volatile boolean helperSleeps;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private int taken;

    /**
     * A relay.
     *
     * @param work what is done with each buffer that is given
     * @param threads 1 to do it in the calling thread, without a helper
     */
    public Relay(Work work, int threads) {
        this.work = work;
        if (threads > 1) {
            helper = new Thread(this::help, "statedict-stream");
            helper.setDaemon(true);
            helper.start();
        } else {
            helper = null;
        }
    }

    /**
     * New buffers, as many as go round.
     *
     * @param pieces how many there will be
     * @param bytes the most that each holds
     * @return little-endian buffers, each on an array
     */
    public ByteBuffer[] buffers(long pieces, int bytes) {
        ByteBuffer[] buffers = new ByteBuffer[(int) Math.min(pieces, helper == null ? 1 : BUFFERS)];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        return buffers;
    }

    /**
     * Has a buffer worked on.
     *
     * @param buffer one of {@link #buffers}, not to be touched until it is taken
     */
    public void give(ByteBuffer buffer) {
        int piece = given;
        ring[piece % BUFFERS] = buffer;
        given = piece + 1;
        if (helperSleeps && !helperRests) {
            LockSupport.unpark(helper);
        }
    }

    /**
     * Takes the next buffer, and works on it where the helper has not begun to.
     *
     * @return the one that was given first and not yet taken, worked on
     * @throws IOException what the work has thrown, as do unchecked exceptions; or an {@link InterruptedIOException}, at which
     *     the thread remains interrupted
     */
    public ByteBuffer take() throws IOException {
        refuseInterrupt();
        int piece = taken++;
        helperRests = !trial.helps(piece);
        if (begin(piece)) {
            complete(piece);
        } else {
            await(piece);
        }
        return ring[piece % BUFFERS];
    }

    /**
     * Whether the helper rests, so that a buffer is best taken as soon as it is given, while it is in the cache.
     *
     * @return whether the calling thread does the next piece itself
     */
    public boolean isAlone() {
        return helper == null || helperRests;
    }

    /** Whether this thread is to work on a piece; if so, it sees whatever the work on those before has written. */
    private boolean begin(int piece) {
        return done == piece && begun.compareAndSet(piece, piece + 1);
    }

    private void complete(int piece) throws IOException {
        work.accept(ring[piece % BUFFERS], piece);
        done = piece + 1;
    }

    /** Waits for a piece that the helper has begun. */
    private void await(int piece) throws IOException {
        for (int look = 0; done <= piece; look++) {
            Throwable failed = failure;
            if (failed != null) {
                throw rethrown(failed);
            }
            if (look < LOOKS) {
                Thread.onSpinWait();
                continue;
            }
            callerSleeps = true;
            if (done <= piece && failure == null) {
                LockSupport.park(this);
            }
            callerSleeps = false;
            refuseInterrupt();
        }
    }

    private static void refuseInterrupt() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while a checkpoint went through a stream");
        }
    }

    private static IOException rethrown(Throwable failure) {
        if (failure instanceof RuntimeException failed) {
            throw failed;
        }
        if (failure instanceof Error failed) {
            throw failed;
        }
        return failure instanceof IOException failed ? failed : new IOException(failure);
    }

    private void help() {
        try {
            for (int look = 0; !closed; look++) {
                int piece = begun.get();
                if (isForHelper(piece) && begin(piece)) {
                    complete(piece);
                    wakeCaller();
                    look = 0;
                } else if (look < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    helperSleeps = true;
                    if (!isForHelper(begun.get()) && !closed) {
                        LockSupport.park(this);
                    }
                    helperSleeps = false;
                    look = 0;
                }
            }
        } catch (Throwable failed) {
            failure = failed;
            wakeCaller();
        }
    }

    private boolean isForHelper(int piece) {
        return piece < given && !helperRests;
    }

    private void wakeCaller() {
        if (callerSleeps) {
            LockSupport.unpark(caller);
        }
    }

    /** Waits until the helper has ended, which does nothing beyond what it is at. */
    @Override
    public void close() {
        if (helper == null) {
            return;
        }
        closed = true;
        LockSupport.unpark(helper);
        ParallelWork.join(helper);
    }
}
