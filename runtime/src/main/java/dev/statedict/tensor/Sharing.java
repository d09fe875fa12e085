package dev.statedict.tensor;

import java.util.Collections;

/** Which elements two tensors have in common, judged by the arrays below them. */
final class Sharing {
    private Sharing() {}

    /** Whether an array is storage of both. */
    static boolean share(Tensor one, Tensor other) {
        Object storage = one.storageOrRows();
        Object otherStorage = other.storageOrRows();
        if (storage == otherStorage) {
            return true;
        }
        if (storage instanceof RowArrays rows) {
            return otherStorage instanceof RowArrays others
                    ? rows.mayShare(others)
                            && !Collections.disjoint(rows.under(one.layout()), others.under(other.layout()))
                    : rows.holds(otherStorage) && rows.under(one.layout()).contains(otherStorage);
        }
        return otherStorage instanceof RowArrays && share(other, one);
    }

    /** Whether the two might have an element in common, judged by where in the storage they begin and end. */
    static boolean mayOverlap(Tensor one, Tensor other) {
        return share(one, other)
                && (one.storageOrRows() != other.storageOrRows() || one.layout().mayOverlap(other.layout()))
                && one.numel() > 0
                && other.numel() > 0;
    }

    /** Whether both are the same elements in the same order. */
    static boolean areTied(Tensor one, Tensor other) {
        return one.hasSameLayoutAs(other)
                && (one.storageOrRows() == other.storageOrRows()
                        || one.storageOrRows() instanceof RowArrays rows
                                && other.storageOrRows() instanceof RowArrays others
                                && rows.isSameAs(others));
    }

    /** The source, or a copy if writes to elements of the target might change others of it. */
    static Tensor unaffected(Tensor source, Tensor target) {
        return mayOverlap(source, target) && !areTied(source, target) ? source.copy() : source;
    }
}
