/** A small row-major {@code float[]} tensor with views that share storage. */
@NullMarked
package dev.statedict.tensor;

import org.jspecify.annotations.NullMarked;
