/**
 * Internal: NumPy's files, {@code .npy} of one array and {@code .npz} of several. The module does not export it.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format</a>
 */
@NullMarked
package dev.statedict.io.numpy;

import org.jspecify.annotations.NullMarked;
