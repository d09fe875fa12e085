/**
 * The annotation processor. {@link dev.statedict.processor.StateDictProcessor} is its entrance, and all of it that is meant
 * for others; the packages below are its rooms, and internal.
 */
@NullMarked
package dev.statedict.processor;

import org.jspecify.annotations.NullMarked;
