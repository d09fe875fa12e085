package dev.statedict.io;

/**
 * Is told what a {@link CheckpointManager} does. Of asynchronous saves it is told in the thread that writes. What it throws is a
 * failure of the call, or of the asynchronous save; what was done stays done.
 */
public interface CheckpointListener {
    /**
     * A checkpoint is on disk.
     *
     * @param checkpoint which
     */
    default void saved(SavedCheckpoint checkpoint) {}

    /**
     * A step is not saved, for an earlier one was being written (see {@link WhenBusy}).
     *
     * @param step which
     */
    default void skipped(long step) {}

    /**
     * A checkpoint was deleted, as no rule keeps it.
     *
     * @param checkpoint which
     */
    default void deleted(SavedCheckpoint checkpoint) {}

    /**
     * A restore found that a checkpoint is damaged.
     *
     * @param checkpoint which, and what is wrong with it
     */
    default void damaged(SavedCheckpoint checkpoint) {}
}
