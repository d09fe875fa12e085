package dev.statedict.io;

/** Is told how far a load or save is, in the thread that called it, after each piece of some hundred kilobytes. */
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
