/**
 * Many bytes on their way between memory and a file, in either direction: the threads that share the work, the sums of what
 * each has moved, and how far it is. Internal: not exported, and free to change.
 */
@NullMarked
package dev.statedict.io.transfer;

import org.jspecify.annotations.NullMarked;
