package com.example;

import dev.statedict.Buffer;
import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

/** A module that uses what the other processors generate, in a field too. */
public final class Main {
    @StateModule
    static final class Net implements Main_NetState {
        @Parameter
        final Tensor weight;

        @Buffer
        int seen;

        final Settings settings;
        final ImmutableShape shape; // generated, and no state

        Net(Settings settings) {
            this.settings = settings;
            this.shape = ImmutableShape.builder().inputs(settings.inputs()).build();
            this.weight = Tensor.zeros(shape.inputs());
            this.seen = new ShapesImpl().map(new Shapes.Source(settings.inputs())).getInputs();
        }
    }

    public static void main(String[] arguments) {
        System.out.println(new Net(Settings.of(2)).stateDict());
    }
}
