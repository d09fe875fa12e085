/** From {@code javax.lang.model} to the model; nothing else knows both. Internal. */
@NullMarked
package dev.statedict.processor.read;

import org.jspecify.annotations.NullMarked;
