/** Looking at what a module does under other weights than its own. */
@NullMarked
package dev.statedict.evaluation;

import org.jspecify.annotations.NullMarked;
