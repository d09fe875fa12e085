/** The schema of each module class: written beside it, and held against the committed lock. Internal. */
@NullMarked
package dev.statedict.processor.schema;

import org.jspecify.annotations.NullMarked;
