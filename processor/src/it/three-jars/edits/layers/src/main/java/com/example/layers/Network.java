package com.example.layers;

import dev.statedict.Buffer;
import dev.statedict.Parameter;
import dev.statedict.Policy;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

/** What networks have in common: fields that subclasses in other packages cannot see, and dicts that are snapshots. */
@StateModule(stateDict = Policy.COPY)
public abstract class Network implements NetworkState {
    @Parameter
    Tensor temperature = Tensor.scalar(1);

    @Buffer
    long steps;

    protected Network() {}

    public void train(float temperature) {
        this.temperature.fill(temperature);
        steps++;
    }
}
