/**
 * Arithmetic of state dicts in place: averages, task vectors, norms, flat vectors. The tools of {@link dev.statedict.StateDict} that
 * make new dicts have their like here, which write into tensors that are there; what they leave for the garbage collector is some
 * bytes for each tensor, whatever its size.
 */
@NullMarked
package dev.statedict.arithmetic;

import org.jspecify.annotations.NullMarked;
