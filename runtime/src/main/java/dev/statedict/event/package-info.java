/**
 * What a flight recording shows of the library. Internal: nothing here is API but the names {@code dev.statedict.Save}, {@code Load} and
 * {@code Snapshot}, and their fields, which {@code docs/training.md} lists.
 */
@NullMarked
package dev.statedict.event;

import org.jspecify.annotations.NullMarked;
