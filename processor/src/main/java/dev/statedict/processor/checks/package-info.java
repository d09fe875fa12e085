/** The rules for module classes, one each: from the model to problems. Internal. */
@NullMarked
package dev.statedict.processor.checks;

import org.jspecify.annotations.NullMarked;
