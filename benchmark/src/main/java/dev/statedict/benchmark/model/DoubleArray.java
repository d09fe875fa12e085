package dev.statedict.benchmark.model;

import dev.statedict.Parameter;
import dev.statedict.StateModule;

/** One {@code double[]}. */
@StateModule
public final class DoubleArray implements DoubleArrayState {
    @Parameter
    final double[] weight;

    /**
     * Of zeros.
     *
     * @param bytes how large it is
     */
    public DoubleArray(int bytes) {
        weight = new double[bytes / Double.BYTES];
    }
}
