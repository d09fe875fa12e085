/**
 * What is computed from the values of dicts: digests, averages, copies into older ones.
 *
 * <p>Internal: the module does not export it.
 */
@NullMarked
package dev.statedict.values;

import org.jspecify.annotations.NullMarked;
