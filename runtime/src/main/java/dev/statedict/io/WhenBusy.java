package dev.statedict.io;

/** What an asynchronous save does while an earlier one is still being written. */
public enum WhenBusy {
    /** It waits for the earlier one: every step is saved, and training stands still when the disk is too slow. */
    WAIT,
    /** It is left out: training never stands still, and the listener is told which steps are not saved. */
    SKIP,
    /**
     * It takes its snapshot at once, into a second memory, and is written next, in place of another one that waits so: training never
     * stands still, and the newest is always written in the end.
     */
    JOIN
}
