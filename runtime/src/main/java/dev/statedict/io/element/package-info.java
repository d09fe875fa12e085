/**
 * The elements of each stored type: how they lie in bytes, and what float32 makes of them. Pure functions. Internal: not
 * exported, and free to change.
 */
@NullMarked
package dev.statedict.io.element;

import org.jspecify.annotations.NullMarked;
