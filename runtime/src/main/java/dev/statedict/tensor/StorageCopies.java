package dev.statedict.tensor;

import dev.statedict.tensor.access.IdentityHashes;
import dev.statedict.tensor.access.RowSet;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies tensors so that they share nothing with the originals and among themselves what the originals shared: one copy of
 * each array, of the span that the tensors cover; of a row the whole.
 */
final class StorageCopies {
    /** The part of an array that tensors cover: from the first element to past the last. */
    private static final class Span {
        private final Elements<Object> elements;
        private int start = Integer.MAX_VALUE;
        private int end;
        private Object copy;

        Span(Elements<Object> elements) {
            this.elements = elements;
            this.copy = elements.newArray(0);
        }

        void cover(int from, int to) {
            start = Math.min(start, from);
            end = Math.max(end, to);
        }

        void copyFrom(Object array) {
            if (start < end) {
                copy = elements.copyOfRange(array, start, end);
            }
        }
    }

    private final Map<Object, Span> spans = new IdentityHashMap<>();

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
        copies.spans.forEach((array, span) -> span.copyFrom(array));
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
            Object[] copies = new Object[rows.rows.length];
            for (int i = 0; i < copies.length; i++) {
                copies[i] = elements.copyOfRange(rows.rows[i], 0, rows.rowLength);
            }
            return original.withStorage(new RowArrays(copies, rows.rowLength), layout);
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
                spans.computeIfAbsent(row, array -> new Span(elements)).cover(0, rows.rowLength);
            }
            return;
        }
        Span span = spans.computeIfAbsent(tensor.storageOrRows(), array -> new Span(elements));
        if (tensor.numel() > 0) {
            span.cover(tensor.layout().offset, tensor.layout().end());
        }
    }

    private Tensor view(Tensor original) {
        Layout layout = original.layout();
        if (original.storageOrRows() instanceof RowArrays rows) {
            Object[] copies = new Object[rows.rows.length];
            for (int i = 0; i < copies.length; i++) {
                copies[i] = spanOf(rows.rows[i]).copy;
            }
            return original.withStorage(new RowArrays(copies, rows.rowLength), layout);
        }
        Span span = spanOf(original.storageOrRows());
        if (span.start == 0) {
            return original.withStorage(span.copy, layout);
        }
        return original.withStorage(span.copy, layout.from(layout.numel == 0 ? 0 : layout.offset - span.start));
    }

    private Span spanOf(Object array) {
        Span span = spans.get(array);
        if (span == null) {
            throw new IllegalStateException("an array that was not covered");
        }
        return span;
    }
}
