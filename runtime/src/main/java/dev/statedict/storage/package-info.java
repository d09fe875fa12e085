/**
 * Which tensors lie in one place: ties, storages, and copies that keep both.
 *
 * <p>Internal: the module does not export it.
 */
@NullMarked
package dev.statedict.storage;

import org.jspecify.annotations.NullMarked;
