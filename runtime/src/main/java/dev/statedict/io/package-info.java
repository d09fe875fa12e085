/**
 * State dicts in files: safetensors, in one file or in shards, and PyTorch checkpoints. {@link
 * dev.statedict.io.Checkpoints} loads and saves, {@link dev.statedict.io.Checkpoint} opens a file for what is more than
 * that.
 */
@NullMarked
package dev.statedict.io;

import org.jspecify.annotations.NullMarked;
