package dev.statedict.io.transfer;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of tensors that threads have read or written, and tells a listener in the thread that began. */
public final class Progress {
    /** Is told how far it is. */
    public interface Listener {
        /**
         * A further piece is done.
         *
         * @param done the bytes so far
         * @param total all bytes
         */
        void update(long done, long total);
    }

    private final Listener listener;
    private final AtomicLong done = new AtomicLong();
    private Thread beginner = Thread.currentThread();
    private long total;
    private long told;

    /**
     * A count.
     *
     * @param listener is told of each piece
     */
    public Progress(Listener listener) {
        this.listener = listener;
    }

    /**
     * Starts at zero. The listener is told in this thread from now on.
     *
     * @param bytes all that is to be done
     */
    public void begin(long bytes) {
        beginner = Thread.currentThread();
        done.set(0);
        told = 0;
        total = bytes;
    }

    /**
     * A further piece is done. In whichever thread: what another one adds is told with this one's next piece.
     *
     * @param bytes its length
     */
    public void add(long bytes) {
        done.addAndGet(bytes);
        if (Thread.currentThread() == beginner) {
            tell();
        }
    }

    /** Everything is done; other threads have ended. */
    public void end() {
        if (told < done.get()) {
            tell();
        }
    }

    private void tell() {
        told = done.get();
        listener.update(told, total);
    }
}
