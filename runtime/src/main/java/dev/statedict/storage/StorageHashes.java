package dev.statedict.storage;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.IdentityHashes;
import dev.statedict.tensor.access.RowSet;
import dev.statedict.tensor.access.TensorAccess;
import org.jspecify.annotations.Nullable;

/**
 * Tells at little cost whether tensors have each arrays of its own, as most have. It compares identity hashes alone,
 * so that once in many thousands of times it takes two arrays for one, and the caller then looks closely.
 */
public final class StorageHashes {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private final IdentityHashes hashes;
    private @Nullable RowSet rows;
    private boolean apart = true;

    /**
     * No tensors yet.
     *
     * @param expected about how many there will be
     */
    public StorageHashes(int expected) {
        hashes = new IdentityHashes(expected);
    }

    public void add(Tensor tensor) {
        int count = TENSORS.arrayCount(tensor);
        if (count == 1) {
            apart &= hashes.add(TENSORS.array(tensor, 0));
        } else {
            addRows(tensor, count);
        }
    }

    private void addRows(Tensor tensor, int count) {
        RowSet set = rows;
        if (set == null) {
            set = new RowSet(count);
            rows = set;
        }
        set.expect(count);
        for (int i = 0; i < count; i++) {
            apart &= set.add(TENSORS.array(tensor, i));
        }
    }

    /** Adds an array, or a tensor. */
    public void addHeld(Object arrayOrTensor) {
        if (arrayOrTensor instanceof Tensor tensor) {
            add(tensor);
        } else {
            apart &= hashes.add(arrayOrTensor);
        }
    }

    /** Whether no two tensors have an array in common, and none has one twice. It is never true where they have. */
    public boolean areApart() {
        return apart && (rows == null || rows.isApartFrom(hashes));
    }
}
