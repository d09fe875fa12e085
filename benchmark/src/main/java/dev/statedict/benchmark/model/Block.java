package dev.statedict.benchmark.model;

import dev.statedict.StateModule;
import java.util.function.Supplier;

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
     * Of new layers.
     *
     * @param layer makes each
     */
    public Block(Supplier<Linear> layer) {
        layer0 = layer.get();
        layer1 = layer.get();
        layer2 = layer.get();
        layer3 = layer.get();
        layer4 = layer.get();
        layer5 = layer.get();
        layer6 = layer.get();
        layer7 = layer.get();
        layer8 = layer.get();
        layer9 = layer.get();
    }
}
