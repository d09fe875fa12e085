package com.example;

import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

/** A line, {@code y = weight * x + bias}, which learns from points. */
@StateModule
public final class Linear implements LinearState {
    @Parameter
    final Tensor weight = Tensor.zeros(1);

    @Parameter
    final Tensor bias = Tensor.zeros(1);

    /** Moves a little towards a point, and tells how far off it was. */
    float learn(float x, float y) {
        float error = weight.get(0) * x + bias.get(0) - y;
        weight.set(weight.get(0) - 0.1f * error * x, 0);
        bias.set(bias.get(0) - 0.1f * error, 0);
        return Math.abs(error);
    }
}
