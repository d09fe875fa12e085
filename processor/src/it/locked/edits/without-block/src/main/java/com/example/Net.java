package com.example;

import dev.statedict.Parameter;
import dev.statedict.Retired;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

@StateModule
@Retired("block.*")
public final class Net implements NetState {
    @Parameter(formerly = "weight")
    Tensor kernel = Tensor.zeros(2);
}
