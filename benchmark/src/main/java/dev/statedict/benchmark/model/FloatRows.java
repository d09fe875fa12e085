package dev.statedict.benchmark.model;

import dev.statedict.Parameter;
import dev.statedict.StateModule;

/** One matrix of {@code float}, an array for each row. */
@StateModule
public final class FloatRows implements FloatRowsState {
    private static final int ROW = 1_024;

    @Parameter
    final float[][] weight;

    /**
     * Of zeros.
     *
     * @param bytes how large it is
     */
    public FloatRows(int bytes) {
        weight = new float[bytes / Float.BYTES / ROW][ROW];
    }

    /** {@return the rows themselves} */
    public float[][] weight() {
        return weight;
    }
}
