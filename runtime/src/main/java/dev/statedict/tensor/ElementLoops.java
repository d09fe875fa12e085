package dev.statedict.tensor;

import org.jspecify.annotations.Nullable;

/**
 * The loops over all elements of tensors, of any type: over bare arrays where these are contiguous, run by run elsewhere. A
 * storage is one array, or {@link RowArrays}.
 */
final class ElementLoops {
    /** How many values wait between two types: 8 KB, which the first cache holds. */
    private static final int CHUNK = 1024;

    private ElementLoops() {}

    static void fill(Elements<Object> elements, Object storage, Layout layout, Object value) {
        if (isOneRun(storage, layout)) {
            elements.fill(storage, layout.offset, 1, layout.numel, value);
            return;
        }
        Runs runs = new Runs(storage, layout);
        for (int count; (count = runs.left()) > 0; runs.skip(count)) {
            elements.fill(runs.array(), runs.at(), runs.step(), count, value);
        }
    }

    /** Copies between layouts of the same shape that do not overlap, or overlap on one array and are both contiguous. */
    static void copy(Elements<Object> elements, Object source, Layout from, Object target, Layout to) {
        if (from.contiguous && to.contiguous) {
            if (from.numel > 0) {
                ArrayCopy.copy(elements, source, from.offset, target, to.offset, from.numel);
            }
            return;
        }
        copyRuns(elements, new Runs(source, from), new Runs(target, to));
    }

    /** The same copy, to be made once, with all that it allocates made already; null where it allocates nothing. */
    static @Nullable Runnable prepared(
            Elements<Object> elements, Object source, Layout from, Object target, Layout to) {
        if (from.contiguous && to.contiguous) {
            return from.numel == 0
                    ? null
                    : ArrayCopy.prepared(elements, source, from.offset, target, to.offset, from.numel);
        }
        Runs read = new Runs(source, from);
        Runs write = new Runs(target, to);
        return () -> copyRuns(elements, read, write);
    }

    private static boolean isOneRun(Object storage, Layout layout) {
        return layout.contiguous && layout.numel > 0 && !(storage instanceof RowArrays);
    }

    static void copyRuns(Elements<Object> elements, Runs read, Runs write) {
        for (int count; (count = Math.min(read.left(), write.left())) > 0; read.skip(count), write.skip(count)) {
            if (read.step() == 1 && write.step() == 1) {
                elements.copy(read.array(), read.at(), write.array(), write.at(), count);
            } else {
                elements.copy(read.array(), read.at(), read.step(), write.array(), write.at(), write.step(), count);
            }
        }
    }

    /** Whether layouts of the same shape hold the same values, in the sense of {@code Arrays.equals}. */
    static boolean equal(Elements<Object> elements, Object a, Layout first, Object b, Layout second) {
        if (isOneRun(a, first) && isOneRun(b, second)) {
            return elements.equal(a, first.offset, b, second.offset, first.numel);
        }
        return allMatch(elements, new Runs(a, first), new Runs(b, second), elements::equal);
    }

    /** Whether {@code |a - b| <= atol + rtol * |b|} for all elements of layouts of the same shape. */
    static boolean close(
            Elements<Object> elements, Object a, Layout first, Object b, Layout second, double rtol, double atol) {
        return allMatch(
                elements,
                new Runs(a, first),
                new Runs(b, second),
                (ours, at, theirs, otherAt, count) -> elements.close(ours, at, theirs, otherAt, count, rtol, atol));
    }

    /** Compares elements of two arrays, side by side in both. */
    private interface Comparison {
        boolean holds(Object a, int at, Object b, int otherAt, int count);
    }

    private static boolean allMatch(Elements<Object> elements, Runs runs, Runs others, Comparison comparison) {
        Chunk ours = new Chunk(elements);
        Chunk theirs = new Chunk(elements);
        for (int count; (count = count(runs, others)) > 0; runs.skip(count), others.skip(count)) {
            ours.take(runs, count);
            theirs.take(others, count);
            if (!comparison.holds(ours.array, ours.at, theirs.array, theirs.at, count)) {
                return false;
            }
        }
        return true;
    }

    private static int count(Runs runs, Runs others) {
        return Math.min(CHUNK, Math.min(runs.left(), others.left()));
    }

    /** The next elements of a run side by side: where they lie, or gathered. */
    private static final class Chunk {
        private final Elements<Object> elements;
        private @Nullable Object gathered;
        private Object array;
        private int at;

        Chunk(Elements<Object> elements) {
            this.elements = elements;
            this.array = elements.newArray(0);
        }

        void take(Runs run, int count) {
            if (run.step() == 1) {
                array = run.array();
                at = run.at();
                return;
            }
            if (gathered == null) {
                gathered = elements.newArray(CHUNK);
            }
            elements.copy(run.array(), run.at(), run.step(), gathered, 0, 1, count);
            array = gathered;
            at = 0;
        }
    }

    /**
     * Writes the elements of one type to an array of another, in row-major order from its index 0 on.
     *
     * @param rounding as for {@link Elements#write(double[], int, Object, int, boolean)}
     * @return how many were written: where it is less than all, the place of the first that the other type does not hold
     */
    static int convert(
            Elements<Object> elements,
            Object source,
            Layout from,
            Elements<Object> others,
            Object target,
            boolean rounding) {
        double[] numbers = new double[Math.min(CHUNK, from.numel)];
        long[] wholes = new long[numbers.length];
        int done = 0;
        Runs runs = new Runs(source, from);
        for (int count; (count = Math.min(runs.left(), CHUNK)) > 0; runs.skip(count)) {
            int written;
            if (elements instanceof Elements.Integral<Object> integral) {
                integral.read(runs.array(), runs.at(), runs.step(), wholes, count);
                written = others.write(wholes, count, target, done, rounding);
            } else {
                ((Elements.Floating<Object>) elements).read(runs.array(), runs.at(), runs.step(), numbers, count);
                written = others.write(numbers, count, target, done, rounding);
            }
            done += written;
            if (written < count) {
                break;
            }
        }
        return done;
    }
}
