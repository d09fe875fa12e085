package dev.statedict.io.write;

import dev.statedict.tensor.access.StorageSpan;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

/** The elements of a storage that entries on it cover: what has to be stored for them to be views of it again. */
public final class CoveredValues {
    private final Values any;
    private final StorageSpan span = new StorageSpan();

    private CoveredValues(Values any) {
        this.any = any;
    }

    /**
     * Those of the storages of entries.
     *
     * @param values their elements
     * @return what they cover by the identity of the storage
     */
    public static Map<Object, CoveredValues> of(Collection<Values> values) {
        Map<Object, CoveredValues> covered = new IdentityHashMap<>();
        for (Values elements : values) {
            CoveredValues ofStorage =
                    covered.computeIfAbsent(elements.storage(), storage -> new CoveredValues(elements));
            if (elements.numel() > 0) {
                ofStorage.span.cover(elements.offset(), elements.offset() + elements.extent());
            }
        }
        return covered;
    }

    /** {@return the elements, as of one dimension} */
    public Values values() {
        return any.span(span.start(), span.length());
    }

    /**
     * Where among them an entry begins.
     *
     * @param values elements that are covered
     * @return the index of its first element, 0 when it has none
     */
    public long offset(Values values) {
        return values.numel() == 0 ? 0 : values.offset() - span.start();
    }
}
