package dev.statedict.io.file;

/** Counts the bytes of tensors that were read or written, and tells a listener. */
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
    private long done;
    private long total;

    /**
     * A count.
     *
     * @param listener is told of each piece
     */
    public Progress(Listener listener) {
        this.listener = listener;
    }

    /**
     * Starts at zero.
     *
     * @param bytes all that is to be done
     */
    public void begin(long bytes) {
        done = 0;
        total = bytes;
    }

    /**
     * A further piece is done.
     *
     * @param bytes its length
     */
    public void add(long bytes) {
        done += bytes;
        listener.update(done, total);
    }
}
