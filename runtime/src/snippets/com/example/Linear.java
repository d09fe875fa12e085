package com.example;

import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

// @start region="module"
@StateModule
public final class Linear implements LinearState {
    @Parameter Tensor weight; // [out, in]
    @Parameter Tensor bias;   // [out], null when there is none

    Linear(Tensor weight, Tensor bias) {
        this.weight = weight;
        this.bias = bias;
    }
}
// @end
