/**
 * What all file formats share: bytes read by position, tensors that lie in a file unread, their way into {@code float[]}
 * and back, and a file that is replaced as a whole or not at all. Nothing here knows a format.
 */
@NullMarked
package dev.statedict.io.file;

import org.jspecify.annotations.NullMarked;
