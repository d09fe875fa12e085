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
        if (tensor.isContiguous()) {
            run.accept(tensor.storage(), tensor.storageOffset(), tensor.numel());
        } else if (tensor.numel() <= ROW) {
            run.accept(tensor.toArray(), 0, tensor.numel());
        } else if (tensor.dim() == 1) {
            for (int start = 0; start < tensor.numel(); start += ROW) {
                forEach(tensor.narrow(0, start, Math.min(ROW, tensor.numel() - start)), run);
            }
        } else {
            for (int i = 0; i < tensor.size(0); i++) {
                forEach(tensor.select(0, i), run);
            }
        }
    }
}
