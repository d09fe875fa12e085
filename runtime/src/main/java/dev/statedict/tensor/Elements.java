package dev.statedict.tensor;

import java.util.Arrays;

/** The loops over all elements of tensors: over the bare arrays where these are contiguous, row by row elsewhere. */
final class Elements {
    private static final int STRETCH = 512;

    private Elements() {}

    static void fill(float[] storage, Layout layout, float value) {
        if (layout.contiguous) {
            if (layout.numel > 0) {
                Arrays.fill(storage, layout.offset, layout.offset + layout.numel, value);
            }
            return;
        }
        for (Rows rows = new Rows(layout); rows.next(); ) {
            for (int i = 0, at = rows.start(); i < rows.length(); i++, at += rows.stride()) {
                storage[at] = value;
            }
        }
    }

    /** Copies between layouts of the same shape that do not overlap, or overlap and are both contiguous. */
    static void copy(float[] source, Layout from, float[] target, Layout to) {
        if (from.contiguous && to.contiguous) {
            if (from.numel > 0) {
                ArrayCopy.copy(source, from.offset, target, to.offset, from.numel);
            }
            return;
        }
        Rows read = new Rows(from);
        Rows write = new Rows(to);
        while (read.next() && write.next()) {
            if (read.stride() == 1 && write.stride() == 1) {
                System.arraycopy(source, read.start(), target, write.start(), read.length());
                continue;
            }
            for (int i = 0, in = read.start(), out = write.start();
                    i < read.length();
                    i++, in += read.stride(), out += write.stride()) {
                target[out] = source[in];
            }
        }
    }

    /** Whether layouts of the same shape hold the same values, in the sense of {@link Arrays#equals(float[], float[])}. */
    static boolean equal(float[] a, Layout first, float[] b, Layout second) {
        if (first.contiguous && second.contiguous) {
            return first.numel == 0
                    || Arrays.equals(
                            a, first.offset, first.offset + first.numel, b, second.offset, second.offset + first.numel);
        }
        Rows rows = new Rows(first);
        Rows others = new Rows(second);
        while (rows.next() && others.next()) {
            for (int i = 0, at = rows.start(), other = others.start();
                    i < rows.length();
                    i++, at += rows.stride(), other += others.stride()) {
                if (Float.floatToIntBits(a[at]) != Float.floatToIntBits(b[other])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether {@code |a - b| <= atol + rtol * |b|} for all elements of layouts of the same shape, in float arithmetic. */
    static boolean close(float[] a, Layout first, float[] b, Layout second, float rtol, float atol) {
        Rows rows = new Rows(first);
        Rows others = new Rows(second);
        while (rows.next() && others.next()) {
            for (int i = 0, at = rows.start(), other = others.start();
                    i < rows.length();
                    i++, at += rows.stride(), other += others.stride()) {
                if (!close(a[at], b[other], rtol, atol)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** {@code target += alpha * source} for layouts of the same shape, the same or apart. */
    static void addScaled(float[] source, Layout from, float alpha, float[] target, Layout to) {
        if (from.contiguous && to.contiguous) {
            addScaled(source, from.offset, alpha, target, to.offset, from.numel);
            return;
        }
        if (to.contiguous && isOneRow(from)) {
            addScaledRow(source, from, alpha, target, to);
            return;
        }
        Rows read = new Rows(from);
        Rows write = new Rows(to);
        while (read.next() && write.next()) {
            for (int i = 0, in = read.start(), out = write.start();
                    i < read.length();
                    i++, in += read.stride(), out += write.stride()) {
                target[out] += alpha * source[in];
            }
        }
    }

    private static boolean isOneRow(Layout layout) {
        return layout.dim() == 2 && layout.strides[0] == 0 && layout.strides[1] == 1;
    }

    /** Adds one row to all: to several at a time, as they lie side by side and a loop along a short one is slow. */
    private static void addScaledRow(float[] source, Layout from, float alpha, float[] target, Layout to) {
        int length = from.shape[1];
        float[] rows = new float[Math.min(to.numel, length * Math.max(1, STRETCH / Math.max(1, length)))];
        for (int i = 0; i < rows.length; i += length) {
            System.arraycopy(source, from.offset, rows, i, length);
        }
        for (int i = 0; i < to.numel; i += rows.length) {
            addScaled(rows, 0, alpha, target, to.offset + i, Math.min(rows.length, to.numel - i));
        }
    }

    private static void addScaled(float[] source, int from, float alpha, float[] target, int to, int length) {
        for (int i = 0; i < length; i++) {
            target[to + i] += alpha * source[from + i];
        }
    }

    static double sum(float[] storage, Layout layout) {
        double sum = 0;
        for (Rows rows = new Rows(layout); rows.next(); ) {
            for (int i = 0, at = rows.start(); i < rows.length(); i++, at += rows.stride()) {
                sum += storage[at];
            }
        }
        return sum;
    }

    /**
     * Writes sums of {@code count} elements that lie {@code step} apart, each from an element of {@code starts} on, to
     * a layout of that shape.
     */
    static void sum(float[] storage, Layout starts, int count, int step, float[] target, Layout to) {
        Rows read = new Rows(starts);
        Rows write = new Rows(to);
        while (read.next() && write.next()) {
            for (int i = 0, in = read.start(), out = write.start();
                    i < read.length();
                    i++, in += read.stride(), out += write.stride()) {
                double sum = 0;
                for (int k = 0, at = in; k < count; k++, at += step) {
                    sum += storage[at];
                }
                target[out] = (float) sum;
            }
        }
    }

    private static boolean close(float a, float b, float rtol, float atol) {
        if (a == b) {
            return true;
        }
        float difference = Math.abs(a - b);
        // an infinity is close to itself alone, however large the tolerance grows
        return difference < Float.POSITIVE_INFINITY && difference <= atol + Math.abs(rtol * b);
    }
}
