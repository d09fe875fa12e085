package dev.statedict.benchmark.model;

import dev.statedict.StateModule;
import java.util.function.Supplier;

/** Ten trees: 10,000 layers, 20,000 tensors, five levels deep. */
@StateModule
public final class Forest implements ForestState {
    final Tree tree0;
    final Tree tree1;
    final Tree tree2;
    final Tree tree3;
    final Tree tree4;
    final Tree tree5;
    final Tree tree6;
    final Tree tree7;
    final Tree tree8;
    final Tree tree9;

    /**
     * Of new layers.
     *
     * @param layer makes each
     */
    public Forest(Supplier<Linear> layer) {
        tree0 = new Tree(layer);
        tree1 = new Tree(layer);
        tree2 = new Tree(layer);
        tree3 = new Tree(layer);
        tree4 = new Tree(layer);
        tree5 = new Tree(layer);
        tree6 = new Tree(layer);
        tree7 = new Tree(layer);
        tree8 = new Tree(layer);
        tree9 = new Tree(layer);
    }
}
