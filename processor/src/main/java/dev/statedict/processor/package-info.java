/** The annotation processor. {@link dev.statedict.processor.StateDictProcessor} is its entrance; the packages below are its rooms and no API. */
@NullMarked
package dev.statedict.processor;

import org.jspecify.annotations.NullMarked;
