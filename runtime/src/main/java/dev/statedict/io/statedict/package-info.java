/**
 * Internal: {@code .statedict} files, the bytes of the {@linkplain dev.statedict.codec codec} as a file. The module does not
 * export it.
 */
@NullMarked
package dev.statedict.io.statedict;

import org.jspecify.annotations.NullMarked;
