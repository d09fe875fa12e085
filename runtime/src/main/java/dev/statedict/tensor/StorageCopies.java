package dev.statedict.tensor;

import dev.statedict.tensor.access.IdentityHashes;
import dev.statedict.tensor.access.RowSet;
import dev.statedict.tensor.access.StorageSpan;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies tensors so that they share nothing with the originals and among themselves what the originals shared: one copy of
 * each array, of the span that the tensors cover; of a row the whole.
 */
final class StorageCopies {
    /** An array, what tensors cover of it, and the copy of that. */
    private static final class CopiedArray {
        private final Elements<Object> elements;
        private final StorageSpan span = new StorageSpan();
        private Object copy;

        CopiedArray(Elements<Object> elements) {
            this.elements = elements;
            this.copy = elements.newArray(0);
        }

        void copyFrom(Object array) {
            int start = (int) span.start();
            copy = elements.copyOfRange(array, start, start + (int) span.length());
        }
    }

    private final Map<Object, CopiedArray> arrays = new IdentityHashMap<>();

    private StorageCopies() {}

    static Tensor[] of(Tensor[] originals) {
        Tensor[] apart = ofApart(originals);
        if (apart != null) {
            return apart;
        }
        StorageCopies copies = new StorageCopies();
        for (Tensor original : originals) {
            copies.cover(original);
        }
        copies.arrays.forEach((array, copied) -> copied.copyFrom(array));
        Tensor[] result = new Tensor[originals.length];
        for (int i = 0; i < originals.length; i++) {
            result[i] = copies.view(originals[i]);
        }
        return result;
    }

    /** One copy after the other, where no two have an array in common, as is nearly always so; else null. */
    private static Tensor @Nullable [] ofApart(Tensor[] originals) {
        IdentityHashes hashes = new IdentityHashes(originals.length);
        RowSet allRows = new RowSet(0);
        for (Tensor original : originals) {
            if (!(original.storageOrRows() instanceof RowArrays rows)) {
                if (!hashes.add(original.storageOrRows())) {
                    return null;
                }
                continue;
            }
            allRows.expect(rows.rows.length);
            for (Object row : rows.rows) {
                if (!allRows.add(row)) {
                    return null;
                }
            }
        }
        if (!allRows.isApartFrom(hashes)) {
            return null;
        }
        Tensor[] result = new Tensor[originals.length];
        for (int i = 0; i < originals.length; i++) {
            result[i] = copy(originals[i]);
        }
        return result;
    }

    private static Tensor copy(Tensor original) {
        Elements<Object> elements = original.elementType().elements;
        Layout layout = original.layout();
        if (original.storageOrRows() instanceof RowArrays rows) {
            return original.withStorage(rows.copy(elements), layout);
        }
        if (layout.numel == 0) {
            return original.withStorage(elements.newArray(0), layout.from(0));
        }
        Object copy = elements.copyOfRange(original.storageOrRows(), layout.offset, layout.end());
        return original.withStorage(copy, layout.offset == 0 ? layout : layout.from(0));
    }

    private void cover(Tensor tensor) {
        Elements<Object> elements = tensor.elementType().elements;
        if (tensor.storageOrRows() instanceof RowArrays rows) {
            for (Object row : rows.rows) {
                arrays.computeIfAbsent(row, array -> new CopiedArray(elements))
                        .span
                        .cover(0, rows.rowLength);
            }
            return;
        }
        CopiedArray copied = arrays.computeIfAbsent(tensor.storageOrRows(), array -> new CopiedArray(elements));
        if (tensor.numel() > 0) {
            copied.span.cover(tensor.layout().offset, tensor.layout().end());
        }
    }

    private Tensor view(Tensor original) {
        Layout layout = original.layout();
        if (original.storageOrRows() instanceof RowArrays rows) {
            Object[] copies = new Object[rows.rows.length];
            for (int i = 0; i < copies.length; i++) {
                copies[i] = of(rows.rows[i]).copy;
            }
            return original.withStorage(new RowArrays(copies, rows.rowLength), layout);
        }
        CopiedArray copied = of(original.storageOrRows());
        int start = (int) copied.span.start();
        return original.withStorage(copied.copy, layout.from(layout.numel == 0 ? 0 : layout.offset - start));
    }

    private CopiedArray of(Object array) {
        CopiedArray copied = arrays.get(array);
        if (copied == null) {
            throw new IllegalStateException("an array that was not covered");
        }
        return copied;
    }
}
