package dev.statedict.tensor;

/**
 * Walks a layout in row-major order, row by row, so that the loop within a row is a plain one over the storage:
 *
 * <pre>{@code
 * for (Rows rows = new Rows(layout); rows.next(); ) {
 *     for (int i = 0, at = rows.start(); i < rows.length(); i++, at += rows.stride()) { ... storage[at] ... }
 * }
 * }</pre>
 *
 * <p>A row runs along the last dimension. A 0-d tensor is one row of one element; an empty tensor has no rows. Layouts
 * of one shape have as many rows, so two of them can be walked side by side.
 */
final class Rows {

    private final Layout layout;
    private final int[] index;
    private final int length;
    private final int stride;
    private int left;
    private int start;

    Rows(Layout layout) {
        int last = layout.dim() - 1;
        this.layout = layout;
        this.index = new int[Math.max(last, 0)];
        this.length = last < 0 ? 1 : layout.shape[last];
        this.stride = last < 0 ? 1 : layout.strides[last];
        this.left = layout.numel == 0 ? 0 : layout.numel / length;
        this.start = layout.offset;
        // so that the first step arrives at the first row
        if (index.length > 0) {
            index[index.length - 1] = -1;
            this.start -= layout.strides[index.length - 1];
        }
    }

    /** Steps to the next row, the first at the first call; false if there is none. */
    boolean next() {
        if (left == 0) {
            return false;
        }
        left--;
        for (int dim = index.length - 1; dim >= 0; dim--) {
            start += layout.strides[dim];
            if (++index[dim] < layout.shape[dim]) {
                break;
            }
            start -= layout.shape[dim] * layout.strides[dim];
            index[dim] = 0;
        }
        return true;
    }

    /** How many rows are still to come. */
    int left() {
        return left;
    }

    /** The index in the storage of the row's first element. */
    int start() {
        return start;
    }

    /** How many elements each row has. */
    int length() {
        return length;
    }

    /** How far apart in the storage the elements of a row lie. */
    int stride() {
        return stride;
    }
}
