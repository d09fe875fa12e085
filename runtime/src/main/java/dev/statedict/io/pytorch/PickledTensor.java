package dev.statedict.io.pytorch;

import dev.statedict.StoredType;
import org.jspecify.annotations.Nullable;

/**
 * A tensor as a pickle describes it, nothing of which is checked yet. A class and no record, as its parts are arrays.
 */
final class PickledTensor {
    /**
     * A storage as a pickle names it.
     *
     * @param key its name among the storages of the file
     * @param type its elements; null when they are bytes whose meaning the tensor says
     * @param numel the number of elements
     */
    record Storage(String key, @Nullable TorchType type, long numel) {}

    final Storage storage;
    final TorchType type;
    final long offset;
    final long[] shape;
    final long[] strides;

    /** Marked as negated or conjugated: the storage does not hold the values that it stands for. */
    final boolean isPending;

    PickledTensor(Storage storage, TorchType type, long offset, long[] shape, long[] strides, boolean isPending) {
        this.storage = storage;
        this.type = type;
        this.offset = offset;
        this.shape = shape;
        this.strides = strides;
        this.isPending = isPending;
    }

    /** How a tensor of Java's reads it, or null when none can. */
    @Nullable
    StoredType stored() {
        return isPending ? null : type.stored();
    }
}
