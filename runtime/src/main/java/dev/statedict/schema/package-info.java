/**
 * What is known of a module without its values. A class's schema is a JSON resource that the processor writes beside
 * it and compares with the committed lock; {@code dev.statedict.StateDictSchema} reads it, or makes one of a module,
 * and holds what is stored against it.
 *
 * <p>Internal: the module does not export it; the processor carries its own copy of the classes that are read from
 * JSON.
 */
@NullMarked
package dev.statedict.schema;

import org.jspecify.annotations.NullMarked;
