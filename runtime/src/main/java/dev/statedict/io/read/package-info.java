/**
 * Reading files of any format: bytes by position, tensors that lie in a file unread, and their way into {@code float[]}.
 * Internal: not exported, and free to change.
 */
@NullMarked
package dev.statedict.io.read;

import org.jspecify.annotations.NullMarked;
