package dev.statedict.benchmark.model;

import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@link ByHand} is for the other models, for a {@link Chain}: every key a constant, all checked before a write. */
public final class ChainByHand {
    private final Chain chain;
    private final String[] keys;
    private final float[][] sources;
    private final float[][] targets;

    /**
     * The code for a chain.
     *
     * @param chain what is captured, and loaded into
     * @param depth how many modules it has
     */
    public ChainByHand(Chain chain, int depth) {
        this.chain = chain;
        keys = new String[depth];
        sources = new float[depth][];
        targets = new float[depth][];
        for (int i = 0; i < depth; i++) {
            keys[i] = "next.".repeat(i) + "weight";
        }
    }

    /** {@return tensors on the weights} */
    public Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>(keys.length * 4 / 3 + 1);
        put(state, chain, 0);
        return state;
    }

    private void put(Map<String, Tensor> state, Chain module, int depth) {
        state.put(keys[depth], Tensor.wrap(module.weight, module.weight.length));
        if (module.next != null) {
            put(state, module.next, depth + 1);
        }
    }

    /**
     * Looks all up and checks it, then copies.
     *
     * @param state a tensor for each key
     */
    public void load(Map<String, Tensor> state) {
        check(state, chain, 0);
        for (int i = 0; i < sources.length; i++) {
            System.arraycopy(sources[i], 0, targets[i], 0, targets[i].length);
        }
    }

    private void check(Map<String, Tensor> state, Chain module, int depth) {
        Tensor given = state.get(keys[depth]);
        if (given == null || given.dim() != 1 || given.numel() != module.weight.length) {
            throw new IllegalArgumentException(keys[depth] + " is missing, or of another shape");
        }
        sources[depth] = given.storage();
        targets[depth] = module.weight;
        if (module.next != null) {
            check(state, module.next, depth + 1);
        }
    }
}
