/**
 * A load: what was given is read, matched with the places of the module, planned as a whole, and only then written.
 * {@link dev.statedict.load.StateDictLoad} is its entrance.
 *
 * <p>Internal: the module does not export it.
 */
@NullMarked
package dev.statedict.load;

import org.jspecify.annotations.NullMarked;
