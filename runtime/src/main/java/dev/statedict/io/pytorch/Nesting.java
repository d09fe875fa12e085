package dev.statedict.io.pytorch;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.pickle.PickledDict;
import dev.statedict.io.pickle.PickledSequence;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the dicts and sequences of a checkpoint, found once for each of them. In a pickle one may lie in many others,
 * or in itself: a kilobyte describes a circle, or a thousand million items. So nothing here follows paths, and a checkpoint
 * that unfolds to many times what its file holds is refused before anybody does.
 */
final class Nesting {
    private static final int MAX_DEPTH = 64;

    /** How many items a small pickle may unfold to, and how many more for each of its bytes. */
    private static final long ITEMS = 100_000;

    private static final long ITEMS_PER_BYTE = 10;

    /**
     * What lies in one dict or sequence, however deep.
     *
     * @param hasEntry whether there is a tensor, or something foreign
     * @param items how many values there are, those counted again that lie in several places
     * @param height how many levels there are
     */
    private record Extent(boolean hasEntry, long items, int height) {
        static final Extent PLAIN = new Extent(false, 1, 0);
        static final Extent ENTRY = new Extent(true, 1, 0);
    }

    private final Map<Object, Extent> extents = new IdentityHashMap<>();

    private Nesting() {}

    /**
     * Measures a checkpoint.
     *
     * @param root what its pickle gave
     * @param pickleBytes the length of the pickle
     * @throws FormatException when it is nested too deeply or in a circle, or shares too much
     */
    static Nesting of(@Nullable Object root, long pickleBytes) throws FormatException {
        Nesting nesting = new Nesting();
        long items = nesting.measure(root, 0).items;
        long most = ITEMS + ITEMS_PER_BYTE * pickleBytes;
        if (items > most) {
            throw FormatException.of(
                    "its dicts and lists lie in one another so often that they unfold to more than %,d items,"
                            + " the most for a pickle of %,d bytes",
                    most, pickleBytes);
        }
        return nesting;
    }

    /** Whether a tensor lies in a value, or something foreign, at whatever depth. */
    boolean hasEntry(Object value) {
        return extents.getOrDefault(value, Extent.PLAIN).hasEntry;
    }

    private Extent measure(@Nullable Object value, int depth) throws FormatException {
        Collection<@Nullable Object> children = children(value);
        if (value == null || children.isEmpty()) {
            boolean isContainer = value instanceof PickledSequence || value instanceof PickledDict;
            return isContainer || PlainValues.isPlain(value) ? Extent.PLAIN : Extent.ENTRY;
        }
        Extent known = extents.get(value);
        if (depth + (known == null ? 1 : known.height) > MAX_DEPTH) {
            throw new FormatException("it is nested deeper than " + MAX_DEPTH + " levels, or in a circle");
        }
        if (known != null) {
            return known;
        }
        boolean hasEntry = false;
        long items = 1;
        int height = 0;
        for (Object child : children) {
            Extent extent = measure(child, depth + 1);
            hasEntry |= extent.hasEntry;
            // a sum that saturates: sixty doublings are within the longs, and thousands of such may lie in one list
            items = Math.min(items + extent.items, Long.MAX_VALUE / 2);
            height = Math.max(height, extent.height + 1);
        }
        Extent extent = new Extent(hasEntry, items, height);
        extents.put(value, extent);
        return extent;
    }

    private static Collection<@Nullable Object> children(@Nullable Object value) {
        if (value instanceof PickledSequence sequence) {
            return sequence.elements();
        }
        return value instanceof PickledDict dict ? dict.items().values() : List.of();
    }
}
