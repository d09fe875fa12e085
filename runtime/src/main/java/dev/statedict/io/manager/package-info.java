/**
 * What {@link dev.statedict.io.CheckpointManager} is made of: the files of a directory and what their headers say, which of them
 * stay, the lock, the snapshot that is used again, the thread that writes. Internal: nothing here is API.
 */
@NullMarked
package dev.statedict.io.manager;

import org.jspecify.annotations.NullMarked;
