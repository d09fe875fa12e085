/** From the model to Java source; nothing else knows JavaPoet. Internal. */
@NullMarked
package dev.statedict.processor.write;

import org.jspecify.annotations.NullMarked;
