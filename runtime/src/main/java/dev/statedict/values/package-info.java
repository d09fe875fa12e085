/**
 * What is computed from the values of dicts: digests, means, another element type, copies into older dicts.
 *
 * <p>Internal: the module does not export it.
 */
@NullMarked
package dev.statedict.values;

import org.jspecify.annotations.NullMarked;
