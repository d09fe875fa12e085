package dev.statedict.io;

/**
 * Is told how far a load or save is, always in the thread that called it. Large files are read and written by a few threads,
 * a megabyte at a time: the listener is told after each piece of the calling one, and at the end; never of less than before.
 */
@FunctionalInterface
public interface ProgressListener {
    /**
     * A further piece is done. An exception ends the load or save; a file that was there before a save stays.
     *
     * @param done the bytes of tensors that were read or written so far
     * @param total all that are to be
     */
    void progress(long done, long total);
}
