package dev.statedict.benchmark.model;

import dev.statedict.StateModule;
import java.util.function.Supplier;

/** Ten blocks: 100 layers, 200 tensors. With layers of 64 x 64 it is the MLP. */
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
     * Of new layers.
     *
     * @param layer makes each
     */
    public Stage(Supplier<Linear> layer) {
        block0 = new Block(layer);
        block1 = new Block(layer);
        block2 = new Block(layer);
        block3 = new Block(layer);
        block4 = new Block(layer);
        block5 = new Block(layer);
        block6 = new Block(layer);
        block7 = new Block(layer);
        block8 = new Block(layer);
        block9 = new Block(layer);
    }
}
