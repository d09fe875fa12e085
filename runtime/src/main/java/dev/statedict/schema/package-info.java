/**
 * What the processor knows of a module class, as a JSON resource of its own: written when the class is compiled, compared
 * with the committed lock, and read at run time by {@code dev.statedict.StateDictSchema}.
 */
@NullMarked
package dev.statedict.schema;

import org.jspecify.annotations.NullMarked;
