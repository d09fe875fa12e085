/**
 * The safetensors format, in one file or in shards. Internal: not exported, and free to change.
 *
 * <p>Internal: the module does not export it.
 *
 * @see <a href="https://github.com/safetensors/safetensors#format">its description</a>
 */
@NullMarked
package dev.statedict.io.safetensors;

import org.jspecify.annotations.NullMarked;
