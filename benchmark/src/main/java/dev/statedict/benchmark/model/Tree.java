package dev.statedict.benchmark.model;

import dev.statedict.StateModule;

/** Ten stages: 1,000 layers, 2,000 tensors, four levels deep. */
@StateModule
public final class Tree implements TreeState {
    final Stage stage0;
    final Stage stage1;
    final Stage stage2;
    final Stage stage3;
    final Stage stage4;
    final Stage stage5;
    final Stage stage6;
    final Stage stage7;
    final Stage stage8;
    final Stage stage9;

    /**
     * Of square layers.
     *
     * @param features the inputs, and outputs, of each layer
     */
    public Tree(int features) {
        stage0 = new Stage(features);
        stage1 = new Stage(features);
        stage2 = new Stage(features);
        stage3 = new Stage(features);
        stage4 = new Stage(features);
        stage5 = new Stage(features);
        stage6 = new Stage(features);
        stage7 = new Stage(features);
        stage8 = new Stage(features);
        stage9 = new Stage(features);
    }
}
