package dev.statedict.io.write;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

/** The part of a storage that entries on it cover: what has to be stored for them to be views of it again. */
public final class StorageSpan {
    private final Values any;
    private long start = Long.MAX_VALUE;
    private long end;

    private StorageSpan(Values any) {
        this.any = any;
    }

    /**
     * The spans of entries.
     *
     * @param values their elements
     * @return a span by the identity of its storage
     */
    public static Map<Object, StorageSpan> of(Collection<Values> values) {
        Map<Object, StorageSpan> spans = new IdentityHashMap<>();
        for (Values elements : values) {
            spans.computeIfAbsent(elements.storage(), storage -> new StorageSpan(elements))
                    .cover(elements);
        }
        return spans;
    }

    private void cover(Values values) {
        if (values.numel() > 0) {
            start = Math.min(start, values.offset());
            end = Math.max(end, values.offset() + values.extent());
        }
    }

    /** {@return its elements, as of one dimension} */
    public Values values() {
        long first = Math.min(start, end);
        return any.span(first, end - first);
    }

    /**
     * Where in the span an entry begins.
     *
     * @param values elements that the span covers
     * @return the index of its first element, 0 when it has none
     */
    public long offset(Values values) {
        return values.numel() == 0 ? 0 : values.offset() - start;
    }
}
