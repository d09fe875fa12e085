/**
 * What stands for one checkpoint and consists of several files, as Hugging Face and PyTorch lay them: which file of a
 * directory is meant, the shards of an index, and the parts that processes saved apart. What a single file is others know.
 *
 * <p>Internal: the module does not export it.
 */
@NullMarked
package dev.statedict.io.hub;

import org.jspecify.annotations.NullMarked;
