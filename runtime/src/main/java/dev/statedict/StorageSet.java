package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The storages of some tensors: an array is in it when it is the very array of one of them. */
final class StorageSet {
    private final Set<float[]> storages = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(Tensor tensor) {
        storages.add(tensor.storage());
    }

    boolean contains(Tensor tensor) {
        return storages.contains(tensor.storage());
    }
}
