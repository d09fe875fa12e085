/**
 * Internal: tensors as bytes that keep what they are: which arrays they lie on, and how. The module does not export it.
 *
 * <p>The bytes are those of serialized objects and of {@code .statedict} files; docs/files.md describes them. Nothing here
 * knows tensors or files: a tensor is the arrays below it and a way through them.
 */
@NullMarked
package dev.statedict.codec;

import org.jspecify.annotations.NullMarked;
