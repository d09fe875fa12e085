package dev.statedict.benchmark.model;

import dev.statedict.Parameter;
import dev.statedict.StateModule;

/** One {@code float[]}. */
@StateModule
public final class FloatArray implements FloatArrayState {
    @Parameter
    final float[] weight;

    /**
     * Of zeros.
     *
     * @param bytes how large it is
     */
    public FloatArray(int bytes) {
        weight = new float[bytes / Float.BYTES];
    }
}
