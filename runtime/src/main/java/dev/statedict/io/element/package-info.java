/** The elements of each stored type: how they lie in bytes, and what float32 makes of them. Pure functions. */
@NullMarked
package dev.statedict.io.element;

import org.jspecify.annotations.NullMarked;
