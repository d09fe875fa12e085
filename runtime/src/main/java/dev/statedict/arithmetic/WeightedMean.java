package dev.statedict.arithmetic;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The weighted mean of dicts, tensor by tensor. */
final class WeightedMean {
    private final WeightedSums sums;
    private final int dicts;

    private WeightedMean(double[] weights, double total) {
        this.sums = new WeightedSums(weights, total);
        this.dicts = weights.length;
    }

    static void write(StateDict target, List<StateDict> dicts, double[] weights, double total) {
        List<List<Pairs.Pair>> pairs = new ArrayList<>();
        Pairs.into(target, dicts).forEach(ofDict -> pairs.add(ofDict.list()));
        List<Pairs.Pair> targets = pairs.get(0);
        WeightedMean mean = new WeightedMean(weights, total);
        List<Tensor> results = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Tensor written = targets.get(i).target();
            Tensor[] given = new Tensor[dicts.size()];
            for (int dict = 0; dict < given.length; dict++) {
                given[dict] = pairs.get(dict).get(i).other();
            }
            Tensor result = targets.get(i).overlaps() ? written.copy() : written;
            mean.write(result, given);
            results.add(result);
        }
        for (int i = 0; i < targets.size(); i++) {
            Tensor written = targets.get(i).target();
            if (written != results.get(i)) {
                written.copyFrom(results.get(i));
            }
        }
    }

    private void write(Tensor target, Tensor[] given) {
        int most = Pairs.TENSORS.arrayCount(target);
        boolean contiguous = target.isContiguous();
        for (Tensor tensor : given) {
            most = Math.max(most, Pairs.TENSORS.arrayCount(tensor));
            contiguous &= tensor.isContiguous();
        }
        if (most > 1) {
            // row by row
            for (int i = 0; i < target.size(0); i++) {
                Tensor[] rows = new Tensor[dicts];
                for (int dict = 0; dict < dicts; dict++) {
                    rows[dict] = given[dict].select(0, i);
                }
                write(target.select(0, i), rows);
            }
        } else if (contiguous) {
            sums.write(target, given);
        } else if (!writeInStorageOrder(target, given)) {
            Tensor result = target.copy();
            Tensor[] copies = new Tensor[dicts];
            for (int dict = 0; dict < dicts; dict++) {
                copies[dict] = given[dict].contiguous();
            }
            sums.write(result, copies);
            target.copyFrom(result);
        }
    }

    /** Where all lie in one order without gaps, as a transposed weight and its copies do, that order is as good as any. */
    private boolean writeInStorageOrder(Tensor target, Tensor[] given) {
        Tensor ordered = target;
        Tensor[] others = given.clone();
        for (int dim = 0; dim < ordered.dim(); dim++) {
            int largest = dim;
            for (int other = dim + 1; other < ordered.dim(); other++) {
                largest = ordered.stride(other) > ordered.stride(largest) ? other : largest;
            }
            if (largest != dim) {
                ordered = ordered.transpose(dim, largest);
                for (int i = 0; i < others.length; i++) {
                    others[i] = others[i].transpose(dim, largest);
                }
            }
        }
        boolean dense = ordered.isContiguous() && Arrays.stream(others).allMatch(Tensor::isContiguous);
        if (dense) {
            sums.write(ordered, others);
        }
        return dense;
    }
}
