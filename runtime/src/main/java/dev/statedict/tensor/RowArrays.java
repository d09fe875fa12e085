package dev.statedict.tensor;

import dev.statedict.tensor.access.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The storage of a tensor on an array of arrays: its innermost arrays, the rows, all of one length and in order. Elements
 * are counted through all of them, so that a {@link Layout} leads there as it does into one array.
 *
 * <p>The outer arrays were left behind at the call that made it: a row that is replaced in them later is not followed.
 */
final class RowArrays {
    private static final Object[] NO_ROWS = {};

    /** Never written; each is an array of one element type, and may stand here more than once. */
    final Object[] rows;

    final int rowLength;

    private @Nullable Hashes hashes;

    /** The hashes of the rows, and whether each was another. */
    private record Hashes(RowSet all, boolean areDistinct) {
        static Hashes of(Object[] rows) {
            RowSet all = new RowSet(rows.length);
            boolean distinct = true;
            for (Object row : rows) {
                distinct &= all.add(row);
            }
            return new Hashes(all, distinct);
        }
    }

    RowArrays(Object[] rows, int rowLength) {
        this.rows = rows;
        this.rowLength = rowLength;
    }

    /** An array of arrays, read: the shape it has, the type of its elements, and its rows. */
    record Nested(ElementType type, int[] shape, RowArrays storage) {

        /**
         * Reads an array of arrays of any depth.
         *
         * @throws IllegalArgumentException if it is no array of arrays of an element type, or not rectangular
         */
        static Nested of(Object[] array) {
            Class<?> component = array.getClass();
            int dims = 0;
            for (; component.isArray(); component = component.getComponentType()) {
                dims++;
            }
            ElementType type = ElementType.of(component);
            if (type == null) {
                throw new IllegalArgumentException("a tensor cannot lie on a "
                        + array.getClass().getSimpleName()
                        + "; give an array of arrays of float, double, int, long or boolean");
            }
            int[] shape = shape(array, dims, type);
            // before the rows are collected, for it tells whether they are too many
            Shape.numel(shape);
            List<Object> rows = new ArrayList<>(array.length);
            collect(array, 0, shape, new int[dims - 1], type, rows);
            if (rows.isEmpty()) {
                // every tensor lies on an array
                rows.add(type.elements.newArray(0));
            }
            return new Nested(type, shape, new RowArrays(rows.toArray(), shape[dims - 1]));
        }

        /** The lengths along the first path inwards; 0 where it ends early. */
        private static int[] shape(Object[] array, int dims, ElementType type) {
            int[] shape = new int[dims];
            Object level = array;
            for (int dim = 0; dim < dims && level != null; dim++) {
                shape[dim] = level instanceof Object[] outer ? outer.length : type.elements.length(level);
                level = level instanceof Object[] outer && outer.length > 0 ? outer[0] : null;
            }
            return shape;
        }

        /** {@code path} holds where in each outer array the next inner one stands. */
        private static void collect(
                Object[] array, int dim, int[] shape, int[] path, ElementType type, List<Object> rows) {
            boolean inner = dim + 2 == shape.length;
            for (int i = 0; i < array.length; i++) {
                path[dim] = i;
                Object row = array[i];
                if (row == null) {
                    throw new IllegalArgumentException(name(path, dim) + " is null; a tensor needs all of them");
                }
                int length = row instanceof Object[] outer ? outer.length : type.elements.length(row);
                if (length != shape[dim + 1]) {
                    throw new IllegalArgumentException(name(path, dim) + " has " + length
                            + (inner ? " elements where " : " rows where ")
                            + name(new int[dim + 1], dim) + " has " + shape[dim + 1]
                            + "; a tensor needs as many in each");
                }
                if (inner) {
                    rows.add(row);
                } else {
                    collect((Object[]) row, dim + 1, shape, path, type, rows);
                }
            }
        }

        /** {@code row 3}, or deeper {@code row [3][0]}. */
        private static String name(int[] path, int dim) {
            return Arrays.stream(path, 0, dim + 1)
                    .mapToObj(index -> dim == 0 ? Integer.toString(index) : "[" + index + "]")
                    .collect(Collectors.joining("", "row ", ""));
        }
    }

    int length() {
        return rows.length * rowLength;
    }

    /** The array of which this tensor is all, as deep as its shape: of new outer arrays, on these rows. */
    Object[] nest(ElementType type, int[] shape) {
        Class<?> row = type.elements.newArray(0).getClass();
        return nest(row, shape, 0, new int[1]);
    }

    private Object[] nest(Class<?> row, int[] shape, int dim, int[] next) {
        Class<?> type = row.arrayType();
        for (int i = dim + 2; i < shape.length; i++) {
            type = type.arrayType();
        }
        // makes an array of a class given at run time, for which no class of this library need reflect
        Object[] array = Arrays.copyOf(NO_ROWS, shape[dim], type.asSubclass(Object[].class));
        for (int i = 0; i < array.length; i++) {
            array[i] = dim + 2 < shape.length ? nest(row, shape, dim + 1, next) : rows[next[0]++];
        }
        return array;
    }

    /**
     * Copies of all rows in their order; very many by several threads: 65,536 of 4 KB, with the collections that so many
     * arrays bring, take 20 ms by two and 26 by one.
     */
    RowArrays copy(Elements<Object> elements) {
        Object[] copies = new Object[rows.length];
        long bytes = (long) length() * elements.size();
        if (bytes < Pieces.LARGE_BYTES) {
            copy(elements, copies, 0, rows.length);
        } else {
            int size = (int) Math.max((long) Pieces.BYTES * rows.length / bytes, 1);
            new Pieces((rows.length - 1) / size + 1, piece -> {
                        int start = piece * size;
                        copy(elements, copies, start, start + Math.min(size, rows.length - start));
                    })
                    .doTogether();
        }
        return new RowArrays(copies, rowLength);
    }

    private void copy(Elements<Object> elements, Object[] copies, int from, int to) {
        for (int i = from; i < to; i++) {
            copies[i] = elements.copyOfRange(rows[i], 0, rowLength);
        }
    }

    /** The rows that a layout, not an empty one, leads to, from the first to the last. */
    RowArrays from(int first, int last) {
        return first == 0 && last == rows.length - 1
                ? this
                : new RowArrays(Arrays.copyOfRange(rows, first, last + 1), rowLength);
    }

    /**
     * Whether these are the rows of an array of arrays of a shape, which ends with their length: all of them in order. No row is looked into: where each lies
     * tells, and of as many as there are, two arrays are read from end to end.
     */
    boolean areThoseOf(Object[] array, int[] shape) {
        return matched(array, 0, shape, 0) == rows.length;
    }

    /** How many rows are those of the array, counted on from some; -1 where one is another. */
    private int matched(Object[] array, int dim, int[] shape, int before) {
        int next = before;
        if (array.length != shape[dim]) {
            return -1;
        }
        for (Object inner : array) {
            if (dim + 2 == shape.length) {
                if (next == rows.length || rows[next] != inner) {
                    return -1;
                }
                next++;
            } else {
                next = inner instanceof Object[] outer ? matched(outer, dim + 1, shape, next) : -1;
                if (next < 0) {
                    return -1;
                }
            }
        }
        return next;
    }

    /** Whether both are the same rows in the same order. */
    boolean isSameAs(RowArrays other) {
        if (this == other) {
            return true;
        }
        if (rows.length != other.rows.length || rowLength != other.rowLength) {
            return false;
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] != other.rows[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether an array of the other's might be one of these; where it is false, none is. */
    boolean mayShare(RowArrays other) {
        for (Object row : other.rows) {
            if (holds(row)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an array might be a row; where it is false, it is none. */
    boolean holds(Object array) {
        return hashes().all().holds(array);
    }

    private Hashes hashes() {
        Hashes known = hashes;
        if (known == null) {
            // several threads may make it; each makes the same
            known = Hashes.of(rows);
            hashes = known;
        }
        return known;
    }

    /** Whether a row stands here twice. */
    boolean hasRepeats() {
        return !hashes().areDistinct();
    }

    /** The rows that a layout leads to, each once; of an empty one all, as if it led to them. */
    Set<Object> under(Layout layout) {
        Set<Object> under = Collections.newSetFromMap(new IdentityHashMap<>());
        if (layout.contiguous && (layout.numel == 0 || layout.numel == length())) {
            Collections.addAll(under, rows);
            return under;
        }
        // in the order of the rows, lest each be come to again for each of its elements
        Runs runs = new Runs(this, layout.inStorageOrder());
        for (int count; (count = runs.left()) > 0; runs.skip(count)) {
            under.add(runs.array());
        }
        return under;
    }
}
