/**
 * A small row-major tensor on Java arrays with views that share storage.
 *
 * <p>A {@link dev.statedict.tensor.Tensor Tensor} is a <em>storage</em>, which is a plain array of one of five
 * {@linkplain dev.statedict.tensor.ElementType element types} or an array of arrays, and a way to read it: an <em>offset</em>, where its first element lies; a <em>shape</em>, how many elements there are along each
 * dimension; and <em>strides</em>, how far apart in the storage two neighbours along each dimension lie. The element at
 * {@code [i, j]} of a matrix is {@code storage[offset + i * strides[0] + j * strides[1]]}. A fresh tensor is
 * <em>contiguous</em>: its elements lie in row-major order without gaps, so a {@code [2, 3]} matrix has the strides
 * {@code [3, 1]}.
 *
 * <p>A <em>view</em> ({@code select}, {@code narrow}, {@code transpose}, {@code reshape}) is another tensor on the same
 * storage. It costs nothing per element, and a write through either shows in both.
 */
@NullMarked
package dev.statedict.tensor;

import org.jspecify.annotations.NullMarked;
