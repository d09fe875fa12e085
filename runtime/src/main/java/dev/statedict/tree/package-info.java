/**
 * A module tree: what its modules tell of themselves, walked once, in PyTorch's order.
 *
 * <p>Internal: the module does not export it.
 */
@NullMarked
package dev.statedict.tree;

import org.jspecify.annotations.NullMarked;
