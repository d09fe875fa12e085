/** What the processor knows about module classes: plain values. Internal. */
@NullMarked
package dev.statedict.processor.model;

import org.jspecify.annotations.NullMarked;
