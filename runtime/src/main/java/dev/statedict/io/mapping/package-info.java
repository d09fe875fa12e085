/**
 * The rules that a mapping of names and layouts is made of: what each does to entries, its inverse, and JSON.
 *
 * <p>Internal: the module does not export it.
 */
@NullMarked
package dev.statedict.io.mapping;

import org.jspecify.annotations.NullMarked;
