/**
 * What is said in files and about them, whoever reads or writes: names of tensors, the reserved metadata, and a broken
 * rule. Internal: not exported, and free to change.
 */
@NullMarked
package dev.statedict.io.file;

import org.jspecify.annotations.NullMarked;
