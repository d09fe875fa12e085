/**
 * Python's pickle, protocol 2, as far as {@code torch.save} uses it: a reader that builds dicts, lists and plain values
 * and leaves every name to a closed list, and a writer. Nothing is ever executed, and nothing here knows PyTorch.
 * Internal: not exported, and free to change.
 */
@NullMarked
package dev.statedict.io.pickle;

import org.jspecify.annotations.NullMarked;
