/**
 * Internal: what the library's other rooms may know of tensors that users need not, the arrays below them above all. The
 * module does not export it.
 */
@NullMarked
package dev.statedict.tensor.access;

import org.jspecify.annotations.NullMarked;
