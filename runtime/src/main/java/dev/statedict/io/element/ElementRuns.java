package dev.statedict.io.element;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;

/** Walks a tensor in row-major order, run by run, by arrays of the type in which a stored type lies in memory. */
public final class ElementRuns {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /** How many elements are converted at a time. */
    private static final int BLOCK = 1 << 14;

    private ElementRuns() {}

    /**
     * Walks all elements.
     *
     * @param tensor of any layout
     * @param type as which they are to be stored
     * @param run takes them
     * @param <X> what it may throw
     * @throws X when it does
     */
    public static <X extends Exception> void forEach(Tensor tensor, StoredElements type, TensorAccess.Run<X> run)
            throws X {
        forEach(tensor, type, 0, tensor.numel(), run);
    }

    /**
     * Walks some elements.
     *
     * @param tensor of any layout
     * @param type as which they are to be stored; of a tensor of another element type in memory it holds all, or rounds them
     * @param first the place of the first in row-major order
     * @param count how many
     * @param run takes them
     * @param <X> what it may throw
     * @throws X when it does
     */
    public static <X extends Exception> void forEach(
            Tensor tensor, StoredElements type, int first, int count, TensorAccess.Run<X> run) throws X {
        if (tensor.elementType() == type.inMemory()) {
            TENSORS.forEachRun(tensor, first, count, run);
            return;
        }
        forEachBlock(tensor, first, count, given -> {
            Tensor converted = Tensor.zeros(type.inMemory(), given.numel());
            TENSORS.convert(given, converted, true);
            run.accept(TENSORS.array(converted, 0), 0, given.numel());
        });
    }

    /** Takes a part of a tensor, of one dimension. */
    private interface Block<X extends Exception> {
        void accept(Tensor block) throws X;
    }

    private static <X extends Exception> void forEachBlock(Tensor tensor, int first, int count, Block<X> block)
            throws X {
        TENSORS.forEachRun(tensor, first, count, (array, at, length) -> {
            for (int done = 0; done < length; done += BLOCK) {
                int numel = Math.min(BLOCK, length - done);
                block.accept(TENSORS.strided(array, at + done, new int[] {numel}, new int[] {1}));
            }
        });
    }

    /**
     * Whether a stored type holds all elements exactly; any NaN is as good as any other.
     *
     * @param tensor of any layout and element type
     * @param type as which they may be stored
     * @return whether they come back unchanged
     */
    public static boolean holdsAll(Tensor tensor, StoredElements type) {
        boolean[] all = {true};
        if (tensor.elementType() == type.inMemory()) {
            TENSORS.forEachRun(tensor, 0, tensor.numel(), (array, at, count) -> {
                all[0] = all[0] && type.firstLost(array, at, count) < 0;
            });
            return all[0];
        }
        forEachBlock(tensor, 0, tensor.numel(), given -> {
            Tensor converted = Tensor.zeros(type.inMemory(), given.numel());
            all[0] = all[0]
                    && TENSORS.convert(given, converted, false) == given.numel()
                    && type.firstLost(TENSORS.array(converted, 0), 0, given.numel()) < 0;
        });
        return all[0];
    }

    /**
     * Finds the first element that is too large for a stored type.
     *
     * @param tensor of any layout, of a floating-point type
     * @param type as which it is to be stored, rounded
     * @return its place in row-major order, or -1 when there is none
     */
    public static int firstBeyond(Tensor tensor, StoredElements type) {
        int[] place = {0, -1};
        forEachBlock(tensor, 0, tensor.numel(), given -> {
            Tensor converted = given;
            int fitting = given.numel();
            if (given.elementType() != type.inMemory()) {
                converted = Tensor.zeros(type.inMemory(), given.numel());
                fitting = TENSORS.convert(given, converted, true);
            }
            int at = converted.storageOffset();
            int beyond = type.firstBeyond(TENSORS.array(converted, 0), at, fitting);
            int found = beyond >= 0 ? beyond - at : fitting < given.numel() ? fitting : -1;
            if (place[1] < 0 && found >= 0) {
                place[1] = place[0] + found;
            }
            place[0] += given.numel();
        });
        return place[1];
    }
}
