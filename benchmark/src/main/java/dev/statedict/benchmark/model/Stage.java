package dev.statedict.benchmark.model;

import dev.statedict.StateModule;

/** Ten blocks: 100 layers, 200 tensors. With 64 features it is the MLP. */
@StateModule
public final class Stage implements StageState {
    final Block block0;
    final Block block1;
    final Block block2;
    final Block block3;
    final Block block4;
    final Block block5;
    final Block block6;
    final Block block7;
    final Block block8;
    final Block block9;

    /**
     * Of square layers.
     *
     * @param features the inputs, and outputs, of each layer
     */
    public Stage(int features) {
        block0 = new Block(features);
        block1 = new Block(features);
        block2 = new Block(features);
        block3 = new Block(features);
        block4 = new Block(features);
        block5 = new Block(features);
        block6 = new Block(features);
        block7 = new Block(features);
        block8 = new Block(features);
        block9 = new Block(features);
    }
}
