/**
 * Entries on their way from file to file: what reads and what writes do not know each other, and meet here, so that a dict
 * is copied piece by piece and never in memory as a whole.
 *
 * <p>Internal: the module does not export it.
 */
@NullMarked
package dev.statedict.io.copy;

import org.jspecify.annotations.NullMarked;
