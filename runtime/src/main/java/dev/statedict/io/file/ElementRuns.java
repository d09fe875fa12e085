package dev.statedict.io.file;

import dev.statedict.tensor.Tensor;

/** Walks a tensor in row-major order, run by run, without a copy of more than one row. */
final class ElementRuns {
    /**
     * Takes elements that lie side by side in an array.
     *
     * @param <X> what it may throw
     */
    interface Run<X extends Exception> {
        /**
         * The next elements.
         *
         * @param elements the array, not to be written
         * @param at the index of the first
         * @param count how many
         */
        void accept(float[] elements, int at, int count) throws X;
    }

    private static final int ROW = 1 << 16;

    private ElementRuns() {}

    static <X extends Exception> void forEach(Tensor tensor, Run<X> run) throws X {
        forEach(tensor, 0, tensor.numel(), run);
    }

    /** Walks some elements, the first of which is given by its place in row-major order. */
    static <X extends Exception> void forEach(Tensor tensor, int first, int count, Run<X> run) throws X {
        if (tensor.isContiguous()) {
            run.accept(tensor.storage(), tensor.storageOffset() + first, count);
        } else if (tensor.numel() <= ROW) {
            run.accept(tensor.toArray(), first, count);
        } else if (tensor.dim() == 1) {
            for (int done = 0; done < count; done += ROW) {
                int length = Math.min(ROW, count - done);
                forEach(tensor.narrow(0, first + done, length), run);
            }
        } else {
            int row = tensor.numel() / tensor.size(0);
            for (int done = 0; done < count; ) {
                int inRow = (first + done) % row;
                int length = Math.min(row - inRow, count - done);
                forEach(tensor.select(0, (first + done) / row), inRow, length, run);
                done += length;
            }
        }
    }
}
