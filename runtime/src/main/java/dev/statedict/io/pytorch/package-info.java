/**
 * PyTorch's checkpoints: what {@code torch.save} writes, as a ZIP archive or in the form before version 1.6, and what
 * {@code torch.load(weights_only=True)} reads. Internal: not exported, and free to change.
 */
@NullMarked
package dev.statedict.io.pytorch;

import org.jspecify.annotations.NullMarked;
