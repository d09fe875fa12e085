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
    record Storage(String key, @Nullable StoredType type, long numel) {}

    final Storage storage;
    final StoredType type;
    final long offset;
    final long[] shape;
    final long[] strides;

    PickledTensor(Storage storage, StoredType type, long offset, long[] shape, long[] strides) {
        this.storage = storage;
        this.type = type;
        this.offset = offset;
        this.shape = shape;
        this.strides = strides;
    }
}
