package dev.statedict.storage;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The arrays that some tensors lie on. */
public final class StorageSet {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private final Set<Object> arrays;

    /**
     * An empty set.
     *
     * @param expected about how many arrays there will be
     */
    public StorageSet(int expected) {
        arrays = Collections.newSetFromMap(new IdentityHashMap<>(expected));
    }

    public void add(Tensor tensor) {
        int count = TENSORS.arrayCount(tensor);
        for (int i = 0; i < count; i++) {
            arrays.add(TENSORS.array(tensor, i));
        }
    }

    /** Whether an array of the tensor's is that of a tensor which was added. */
    public boolean contains(Tensor tensor) {
        int count = TENSORS.arrayCount(tensor);
        for (int i = 0; i < count; i++) {
            if (arrays.contains(TENSORS.array(tensor, i))) {
                return true;
            }
        }
        return false;
    }
}
