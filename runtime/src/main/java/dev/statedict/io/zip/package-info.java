/**
 * Internal: ZIP archives by position: where records lie, and records at multiples of 64 bytes. The module does not export it.
 */
@NullMarked
package dev.statedict.io.zip;

import org.jspecify.annotations.NullMarked;
