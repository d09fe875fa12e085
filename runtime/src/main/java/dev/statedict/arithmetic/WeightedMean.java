package dev.statedict.arithmetic;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The weighted mean of dicts, block by block: a block's sums stay in the nearest cache while all dicts are added to them. */
final class WeightedMean {
    private static final int BLOCK = 1 << 10;
    private static final int AT_A_TIME = 8;

    private final double[] weights;
    private final double total;
    private final float[][] storages;
    private final int[] offsets;
    private final double[] sums = new double[BLOCK];

    private WeightedMean(double[] weights, double total) {
        this.weights = weights;
        this.total = total;
        this.storages = new float[weights.length][];
        this.offsets = new int[weights.length];
    }

    static void write(StateDict target, List<StateDict> dicts, double[] weights, double total) {
        List<List<Pairs.Pair>> pairs = new ArrayList<>();
        dicts.forEach(dict -> pairs.add(Pairs.of(target, dict).list()));
        List<Pairs.Pair> targets = pairs.get(0);
        List<Tensor> results = new ArrayList<>();
        for (Pairs.Pair pair : targets) {
            boolean plain = pair.target().isContiguous() && !pair.overlaps();
            results.add(plain ? pair.target() : pair.target().copy());
        }
        WeightedMean mean = new WeightedMean(weights, total);
        for (int i = 0; i < targets.size(); i++) {
            for (int dict = 0; dict < weights.length; dict++) {
                Tensor read = pairs.get(dict).get(i).other().contiguous();
                mean.storages[dict] = read.storage();
                mean.offsets[dict] = read.storageOffset();
            }
            mean.write(results.get(i));
        }
        for (int i = 0; i < targets.size(); i++) {
            Tensor written = targets.get(i).target();
            if (written != results.get(i)) {
                written.copyFrom(results.get(i));
            }
        }
    }

    private void write(Tensor target) {
        for (int done = 0; done < target.numel(); done += BLOCK) {
            int count = Math.min(BLOCK, target.numel() - done);
            // the sum of negative zeros alone is a negative zero
            Arrays.fill(sums, 0, count, -0.0);
            int dict = 0;
            for (; dict + AT_A_TIME <= weights.length; dict += AT_A_TIME) {
                FloatElements.addEightTo(sums, count, weights, storages, offsets, done, dict);
            }
            for (; dict < weights.length; dict++) {
                FloatElements.addTo(sums, count, weights[dict], storages[dict], offsets[dict] + done);
            }
            FloatElements.divide(sums, count, total, target.storage(), target.storageOffset() + done);
        }
    }
}
