package dev.statedict.io.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code list}, {@code tuple} or {@code set} of a pickle. Equal to itself alone. */
public final class PickledSequence {
    static final PickledSequence EMPTY_TUPLE = tuple(List.of());

    private final boolean list;
    // made when needed: an empty list is a single byte of a pickle
    private @Nullable List<@Nullable Object> elements;

    private PickledSequence(boolean list, @Nullable List<@Nullable Object> elements) {
        this.list = list;
        this.elements = elements;
    }

    static PickledSequence emptyList() {
        return new PickledSequence(true, null);
    }

    /**
     * Makes a tuple.
     *
     * @param elements its elements, not to be changed
     * @return the tuple
     */
    public static PickledSequence tuple(List<@Nullable Object> elements) {
        return new PickledSequence(false, elements);
    }

    /** {@return the elements, unmodifiable} */
    public List<@Nullable Object> elements() {
        return elements == null ? List.of() : Collections.unmodifiableList(elements);
    }

    /** Whether elements may be appended. */
    boolean isList() {
        return list;
    }

    void append(@Nullable Object element) {
        List<@Nullable Object> present = elements;
        if (present == null) {
            present = new ArrayList<>(2);
            elements = present;
        }
        present.add(element);
    }
}
