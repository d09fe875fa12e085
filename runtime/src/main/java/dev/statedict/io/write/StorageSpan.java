package dev.statedict.io.write;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

/** The part of an array that tensors on it cover: what has to be stored for them to be views of it again. */
public final class StorageSpan {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private final Object storage;
    private int start = Integer.MAX_VALUE;
    private int end;

    private StorageSpan(Object storage) {
        this.storage = storage;
    }

    /**
     * The spans of tensors.
     *
     * @param tensors any tensors on one array each
     * @return a span by the identity of its array
     */
    public static Map<Object, StorageSpan> of(Collection<Tensor> tensors) {
        Map<Object, StorageSpan> spans = new IdentityHashMap<>();
        for (Tensor tensor : tensors) {
            spans.computeIfAbsent(TENSORS.array(tensor, 0), StorageSpan::new).cover(tensor);
        }
        return spans;
    }

    private void cover(Tensor tensor) {
        if (tensor.numel() == 0) {
            return;
        }
        int last = tensor.storageOffset();
        for (int dim = 0; dim < tensor.dim(); dim++) {
            last += (tensor.size(dim) - 1) * tensor.stride(dim);
        }
        start = Math.min(start, tensor.storageOffset());
        end = Math.max(end, last + 1);
    }

    /** {@return the span as a tensor of one dimension that shares the array} */
    public Tensor tensor() {
        int first = Math.min(start, end);
        return TENSORS.strided(storage, first, new int[] {end - first}, new int[] {1});
    }

    /**
     * Where in the span a tensor begins.
     *
     * @param tensor one that the span covers
     * @return the index of its first element, 0 when it has none
     */
    public int offset(Tensor tensor) {
        return tensor.numel() == 0 ? 0 : tensor.storageOffset() - start;
    }
}
