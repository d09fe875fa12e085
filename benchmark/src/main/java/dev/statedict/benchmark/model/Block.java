package dev.statedict.benchmark.model;

import dev.statedict.StateModule;

/** Ten layers. */
@StateModule
public final class Block implements BlockState {
    final Linear layer0;
    final Linear layer1;
    final Linear layer2;
    final Linear layer3;
    final Linear layer4;
    final Linear layer5;
    final Linear layer6;
    final Linear layer7;
    final Linear layer8;
    final Linear layer9;

    /**
     * Of square layers.
     *
     * @param features the inputs, and outputs, of each layer
     */
    public Block(int features) {
        layer0 = new Linear(features, features);
        layer1 = new Linear(features, features);
        layer2 = new Linear(features, features);
        layer3 = new Linear(features, features);
        layer4 = new Linear(features, features);
        layer5 = new Linear(features, features);
        layer6 = new Linear(features, features);
        layer7 = new Linear(features, features);
        layer8 = new Linear(features, features);
        layer9 = new Linear(features, features);
    }
}
