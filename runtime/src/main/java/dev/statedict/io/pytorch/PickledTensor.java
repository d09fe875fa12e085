package dev.statedict.io.pytorch;

import dev.statedict.StoredType;

/**
 * A tensor as a pickle describes it, nothing of which is checked yet. A class and no record, as its parts are arrays.
 */
final class PickledTensor {
    final StorageReference storage;
    final StoredType type;
    final long offset;
    final long[] shape;
    final long[] strides;

    PickledTensor(StorageReference storage, StoredType type, long offset, long[] shape, long[] strides) {
        this.storage = storage;
        this.type = type;
        this.offset = offset;
        this.shape = shape;
        this.strides = strides;
    }
}
