package dev.statedict.benchmark.model;

import dev.statedict.StateModule;
import java.util.function.Supplier;

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
     * Of new layers.
     *
     * @param layer makes each
     */
    public Tree(Supplier<Linear> layer) {
        stage0 = new Stage(layer);
        stage1 = new Stage(layer);
        stage2 = new Stage(layer);
        stage3 = new Stage(layer);
        stage4 = new Stage(layer);
        stage5 = new Stage(layer);
        stage6 = new Stage(layer);
        stage7 = new Stage(layer);
        stage8 = new Stage(layer);
        stage9 = new Stage(layer);
    }
}
