package com.example.layers;

import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

/** A layer that nobody uses: the edit deletes it. */
@StateModule
public final class Scale implements ScaleState {
    @Parameter
    final Tensor factor = Tensor.scalar(1);

    public Scale() {}
}
