package dev.statedict.io.element;

import dev.statedict.tensor.Tensor;

/** Walks a tensor in row-major order, run by run, without a copy of more than one row. */
public final class ElementRuns {
    /**
     * Takes elements that lie side by side in an array.
     *
     * @param <X> what it may throw
     */
    public interface Run<X extends Exception> {
        /**
         * The next elements.
         *
         * @param elements the array, not to be written
         * @param at the index of the first
         * @param count how many
         * @throws X when it has to
         */
        void accept(float[] elements, int at, int count) throws X;
    }

    private static final int ROW = 1 << 16;

    private ElementRuns() {}

    /**
     * Walks all elements.
     *
     * @param tensor of any layout
     * @param run takes them
     * @param <X> what it may throw
     * @throws X when it does
     */
    public static <X extends Exception> void forEach(Tensor tensor, Run<X> run) throws X {
        forEach(tensor, 0, tensor.numel(), run);
    }

    /**
     * Walks some elements.
     *
     * @param tensor of any layout
     * @param first the place of the first in row-major order
     * @param count how many
     * @param run takes them
     * @param <X> what it may throw
     * @throws X when it does
     */
    public static <X extends Exception> void forEach(Tensor tensor, int first, int count, Run<X> run) throws X {
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
