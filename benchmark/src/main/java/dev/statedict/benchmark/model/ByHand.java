package dev.statedict.benchmark.model;

import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The code that a person would write for the models here if there were no library: every key a constant, in a map of
 * the right size; a load looks up, checks the shape and copies, and checks that nothing was left over.
 *
 * <p>2,000 literals are no reading matter, so the constants are joined once, when the class is loaded, and stand in an
 * array. To the running code they are the same: strings that exist, with their hash known.
 */
public class ByHand {
    private static final List<String> LAYER = List.of("weight", "bias");
    private static final List<String> BLOCK = below("layer", LAYER);
    private static final List<String> STAGE = below("block", BLOCK);
    private static final List<String> TREE = below("stage", STAGE);
    private static final List<String> FOREST = below("tree", TREE);

    final String[] keys;
    int at;

    private ByHand(String[] keys) {
        this.keys = keys;
    }

    private static List<String> below(String child, List<String> keys) {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            for (String key : keys) {
                joined.add(child + i + '.' + key);
            }
        }
        return List.copyOf(joined);
    }

    /**
     * The constants of a model.
     *
     * @param model a regression, stage, tree or forest
     * @return its keys in module order, in a new array
     */
    public static String[] keys(Stateful model) {
        List<String> keys = model instanceof Forest ? FOREST : model instanceof Tree ? TREE : STAGE;
        return model instanceof LogisticRegression
                ? new String[] {"fc.weight", "fc.bias"}
                : keys.toArray(String[]::new);
    }

    /**
     * What {@code stateDict(ALIAS)} does.
     *
     * @param model a regression, stage, tree or forest
     * @param keys its {@linkplain #keys keys}
     * @return its tensors in module order
     */
    public static Map<String, Tensor> stateDict(Stateful model, String[] keys) {
        Map<String, Tensor> state = new LinkedHashMap<>(keys.length * 4 / 3 + 1);
        ByHand hand = new ByHand(keys);
        if (model instanceof Forest forest) {
            hand.put(state, forest);
        } else if (model instanceof Tree tree) {
            hand.put(state, tree);
        } else if (model instanceof LogisticRegression regression) {
            hand.put(state, regression.fc);
        } else {
            hand.put(state, (Stage) model);
        }
        return state;
    }

    /**
     * What a strict {@code loadStateDict(COPY)} does, without what it reports.
     *
     * @param model a regression, stage, tree or forest
     * @param keys its {@linkplain #keys keys}
     * @param state what to write into its tensors
     */
    public static void load(Stateful model, String[] keys, Map<String, Tensor> state) {
        new ByHand(keys).walk(model, state);
    }

    /**
     * The same, so that a state that does not fit leaves the model as it was: looks all up, and checks it, before it writes.
     *
     * @param model a regression, stage, tree or forest
     * @param keys its {@linkplain #keys keys}
     * @param state what to write into its tensors
     */
    public static void loadAtomically(Stateful model, String[] keys, Map<String, Tensor> state) {
        Atomic hand = new Atomic(keys);
        hand.walk(model, state);
        hand.write();
    }

    /** What was looked up and checked, and is still to be written. */
    private static final class Atomic extends ByHand {
        private final Tensor[] sources;
        private final Tensor[] targets;

        Atomic(String[] keys) {
            super(keys);
            sources = new Tensor[keys.length];
            targets = new Tensor[keys.length];
        }

        @Override
        void load(@Nullable Tensor given, Tensor target) {
            sources[at - 1] = check(given, target);
            targets[at - 1] = target;
        }

        private void write() {
            for (int i = 0; i < sources.length; i++) {
                copy(sources[i], targets[i]);
            }
        }
    }

    final void walk(Stateful model, Map<String, Tensor> state) {
        if (model instanceof Forest forest) {
            load(state, forest);
        } else if (model instanceof Tree tree) {
            load(state, tree);
        } else if (model instanceof LogisticRegression regression) {
            load(state, regression.fc);
        } else {
            load(state, (Stage) model);
        }
        if (state.size() != at) {
            throw new IllegalArgumentException(state.size() - at + " unexpected keys");
        }
    }

    private void put(Map<String, Tensor> state, Linear layer) {
        state.put(keys[at++], layer.weight);
        state.put(keys[at++], layer.bias);
    }

    private void load(Map<String, Tensor> state, Linear layer) {
        load(state.get(keys[at++]), layer.weight);
        load(state.get(keys[at++]), layer.bias);
    }

    void load(@Nullable Tensor given, Tensor target) {
        copy(check(given, target), target);
    }

    final Tensor check(@Nullable Tensor given, Tensor target) {
        if (given == null || !given.hasSameShapeAs(target)) {
            throw new IllegalArgumentException(keys[at - 1] + " is missing, or of another shape");
        }
        return given;
    }

    static void copy(Tensor source, Tensor target) {
        System.arraycopy(source.storage(), 0, target.storage(), 0, target.numel());
    }

    private void put(Map<String, Tensor> state, Block block) {
        put(state, block.layer0);
        put(state, block.layer1);
        put(state, block.layer2);
        put(state, block.layer3);
        put(state, block.layer4);
        put(state, block.layer5);
        put(state, block.layer6);
        put(state, block.layer7);
        put(state, block.layer8);
        put(state, block.layer9);
    }

    private void load(Map<String, Tensor> state, Block block) {
        load(state, block.layer0);
        load(state, block.layer1);
        load(state, block.layer2);
        load(state, block.layer3);
        load(state, block.layer4);
        load(state, block.layer5);
        load(state, block.layer6);
        load(state, block.layer7);
        load(state, block.layer8);
        load(state, block.layer9);
    }

    private void put(Map<String, Tensor> state, Stage stage) {
        put(state, stage.block0);
        put(state, stage.block1);
        put(state, stage.block2);
        put(state, stage.block3);
        put(state, stage.block4);
        put(state, stage.block5);
        put(state, stage.block6);
        put(state, stage.block7);
        put(state, stage.block8);
        put(state, stage.block9);
    }

    private void load(Map<String, Tensor> state, Stage stage) {
        load(state, stage.block0);
        load(state, stage.block1);
        load(state, stage.block2);
        load(state, stage.block3);
        load(state, stage.block4);
        load(state, stage.block5);
        load(state, stage.block6);
        load(state, stage.block7);
        load(state, stage.block8);
        load(state, stage.block9);
    }

    private void put(Map<String, Tensor> state, Tree tree) {
        put(state, tree.stage0);
        put(state, tree.stage1);
        put(state, tree.stage2);
        put(state, tree.stage3);
        put(state, tree.stage4);
        put(state, tree.stage5);
        put(state, tree.stage6);
        put(state, tree.stage7);
        put(state, tree.stage8);
        put(state, tree.stage9);
    }

    private void load(Map<String, Tensor> state, Tree tree) {
        load(state, tree.stage0);
        load(state, tree.stage1);
        load(state, tree.stage2);
        load(state, tree.stage3);
        load(state, tree.stage4);
        load(state, tree.stage5);
        load(state, tree.stage6);
        load(state, tree.stage7);
        load(state, tree.stage8);
        load(state, tree.stage9);
    }

    private void put(Map<String, Tensor> state, Forest forest) {
        put(state, forest.tree0);
        put(state, forest.tree1);
        put(state, forest.tree2);
        put(state, forest.tree3);
        put(state, forest.tree4);
        put(state, forest.tree5);
        put(state, forest.tree6);
        put(state, forest.tree7);
        put(state, forest.tree8);
        put(state, forest.tree9);
    }

    private void load(Map<String, Tensor> state, Forest forest) {
        load(state, forest.tree0);
        load(state, forest.tree1);
        load(state, forest.tree2);
        load(state, forest.tree3);
        load(state, forest.tree4);
        load(state, forest.tree5);
        load(state, forest.tree6);
        load(state, forest.tree7);
        load(state, forest.tree8);
        load(state, forest.tree9);
    }
}
