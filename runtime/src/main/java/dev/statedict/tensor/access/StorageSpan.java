package dev.statedict.tensor.access;

/** The part of a storage that tensors on it cover: from the first element of any to past the last. */
public final class StorageSpan {
    private long start = Long.MAX_VALUE;
    private long end;

    /** A span that covers nothing yet. */
    public StorageSpan() {}

    /**
     * Extends the span over a tensor that has elements; one that has none covers nothing.
     *
     * @param from the index of its first element
     * @param to the index past its last one
     */
    public void cover(long from, long to) {
        start = Math.min(start, from);
        end = Math.max(end, to);
    }

    /** {@return the index of the first element that is covered, 0 when none is} */
    public long start() {
        return Math.min(start, end);
    }

    /** {@return how many elements there are from the first to the last} */
    public long length() {
        return end - start();
    }
}
