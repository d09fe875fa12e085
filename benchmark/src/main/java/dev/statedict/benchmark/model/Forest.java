package dev.statedict.benchmark.model;

import dev.statedict.StateModule;

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
     * Of square layers.
     *
     * @param features the inputs, and outputs, of each layer
     */
    public Forest(int features) {
        tree0 = new Tree(features);
        tree1 = new Tree(features);
        tree2 = new Tree(features);
        tree3 = new Tree(features);
        tree4 = new Tree(features);
        tree5 = new Tree(features);
        tree6 = new Tree(features);
        tree7 = new Tree(features);
        tree8 = new Tree(features);
        tree9 = new Tree(features);
    }
}
