package dev.statedict.tensor;

/**
 * Walks the elements of a layout in row-major order, run by run: elements of one array that lie a constant step apart. Two
 * tensors of one shape are walked side by side, however each lies:
 *
 * <pre>{@code
 * for (int count; (count = Math.min(a.left(), b.left())) > 0; a.skip(count), b.skip(count)) {
 *     ... count elements from a.at() in a.array() on, a.step() apart, and from b.at() in b.array() on ...
 * }
 * }</pre>
 */
final class Runs {
    private final Object storage;
    /** As few dimensions as strides allow; the last is a line, which on one array is a run. */
    private final Layout layout;

    private final int[] index;
    private final int length;
    private final int step;
    private int start;
    private int leftInLine;
    private int leftLines;
    private Object array;
    private int at;
    private int left;

    Runs(Object storage, Layout layout) {
        this.storage = storage;
        this.layout = layout.numel == 0 ? layout : layout.coalesce();
        int last = this.layout.dim() - 1;
        this.index = new int[Math.max(last, 0)];
        this.length = last < 0 ? 1 : this.layout.shape[last];
        this.step = last < 0 ? 1 : this.layout.strides[last];
        this.leftLines = layout.numel == 0 ? 0 : layout.numel / length;
        this.leftInLine = leftLines == 0 ? 0 : length;
        this.start = layout.offset;
        this.array = storage;
        enter(start);
    }

    /** How many elements are left of the run; 0 when all have been walked. */
    int left() {
        return left;
    }

    Object array() {
        return array;
    }

    /** The index in the array of the next element. */
    int at() {
        return at;
    }

    /** How far apart in the array the elements of the run lie. */
    int step() {
        return step;
    }

    /** Goes on by some elements, as many as are {@link #left} at most. */
    void skip(int count) {
        left -= count;
        leftInLine -= count;
        at += count * step;
        if (left > 0) {
            return;
        }
        if (leftInLine > 0) {
            enter(start + (length - leftInLine) * step);
        } else if (--leftLines > 0) {
            nextLine();
            leftInLine = length;
            enter(start);
        }
    }

    private void nextLine() {
        for (int dim = index.length - 1; dim >= 0; dim--) {
            start += layout.strides[dim];
            if (++index[dim] < layout.shape[dim]) {
                return;
            }
            start -= layout.shape[dim] * layout.strides[dim];
            index[dim] = 0;
        }
    }

    /** The run that begins there ends with the line, or with the row. */
    private void enter(int position) {
        at = position;
        left = leftInLine;
        if (left > 0 && storage instanceof RowArrays rows) {
            int row = position / rows.rowLength;
            array = rows.rows[row];
            at = position - row * rows.rowLength;
            if (step > 0) {
                left = Math.min(left, (rows.rowLength - 1 - at) / step + 1);
            }
        }
    }
}
