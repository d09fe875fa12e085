package com.example;

import dev.statedict.StateAssigner;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;

// @start region="by-hand"
final class Momentum implements Stateful {
    private final Tensor velocity = Tensor.zeros(10);
    private long step;

    @Override
    public void visitState(StateVisitor visitor) {
        visitor.buffer("velocity", velocity);
        visitor.counter("step", step);
    }

    @Override
    public void assignState(StateAssigner assigner) {
        step = assigner.field("step", step);
    }
}
// @end
