package com.example;

import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

@StateModule
public final class Net implements NetState {
    @Parameter Tensor weight = Tensor.zeros(2);
}
