package com.example.layers;

import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

/** A linear layer; its dicts alias it, as PyTorch's do. */
@StateModule
public final class Linear implements LinearState {
    @Parameter
    final Tensor weight; // [out, in]

    @Parameter
    final Tensor bias; // [out]

    public Linear(int in, int out) {
        weight = Tensor.zeros(out, in);
        bias = Tensor.zeros(out);
    }

    public Tensor weight() {
        return weight;
    }
}
