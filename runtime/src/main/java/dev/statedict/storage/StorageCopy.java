package dev.statedict.storage;

import dev.statedict.tensor.Tensor;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Copies tensors so that they share nothing with the originals and among themselves what the originals shared: one copy
 * per storage, of the span that the tensors cover, as {@code copy.deepcopy} of a PyTorch state dict keeps ties.
 */
public final class StorageCopy {
    /** The part of a storage that tensors cover: from the first element to past the last. */
    private static final class Span {
        int start = Integer.MAX_VALUE;
        int end;
        float[] copy = new float[0];

        void cover(Tensor tensor) {
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

        void copyFrom(float[] storage) {
            if (start < end) {
                copy = Arrays.copyOfRange(storage, start, end);
            }
        }

        Tensor view(Tensor original) {
            if (start == 0) {
                return original.withStorage(copy);
            }
            int offset = original.numel() == 0 ? 0 : original.storageOffset() - start;
            return Tensor.strided(copy, offset, original.shape(), original.strides());
        }
    }

    private StorageCopy() {}

    public static Tensor[] of(Tensor[] originals) {
        Map<float[], Span> byStorage = new IdentityHashMap<>();
        Span[] spans = new Span[originals.length];
        for (int i = 0; i < originals.length; i++) {
            spans[i] = byStorage.computeIfAbsent(originals[i].storage(), storage -> new Span());
            spans[i].cover(originals[i]);
        }
        byStorage.forEach((storage, span) -> span.copyFrom(storage));
        Tensor[] copies = new Tensor[originals.length];
        for (int i = 0; i < originals.length; i++) {
            copies[i] = spans[i].view(originals[i]);
        }
        return copies;
    }
}
