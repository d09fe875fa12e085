package dev.statedict.values;

import static dev.statedict.values.Entries.find;
import static dev.statedict.values.Entries.isComputed;

import dev.statedict.StateDict;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** New dicts between others. What is not {@linkplain Entries#isComputed computed} is left as it is in the first. */
public final class Means {
    private Means() {}

    /** {@code start + weight * (end - start)}, element by element (PyTorch's {@code torch.lerp}). */
    public static StateDict lerp(StateDict start, StateDict end, double weight) {
        SameForm.require(start, end);
        StateDict result = start.copy();
        for (String key : start.keySet()) {
            if (isComputed(start, key)) {
                find(result, key).copyFrom(lerp(find(start, key), find(end, key), new Lerp(weight)));
            }
        }
        return result;
    }

    private static Tensor lerp(Tensor start, Tensor end, Lerp lerp) {
        if (start.elementType() == ElementType.F32) {
            float[] floats = start.toArray();
            lerp.run(floats, end.toArray(), 0, floats.length);
            return Tensor.wrap(floats, start.shape());
        }
        double[] doubles = start.toDoubleArray();
        lerp.run(doubles, end.toDoubleArray(), 0, doubles.length);
        return Tensor.wrap(doubles, start.shape());
    }

    /** The mean of each element, summed in double precision. */
    public static StateDict average(List<StateDict> dicts) {
        if (dicts.isEmpty()) {
            throw new IllegalArgumentException("there is no average of no dicts; give at least one");
        }
        StateDict first = dicts.get(0);
        SameForm.require(dicts);
        StateDict result = first.copy();
        for (String key : first.keySet()) {
            if (isComputed(first, key)) {
                find(result, key).copyFrom(mean(dicts, key));
            }
        }
        return result;
    }

    private static Tensor mean(List<StateDict> dicts, String key) {
        Tensor first = find(dicts.get(0), key);
        double[] sums = new double[first.numel()];
        // the sum of negative zeros alone is a negative zero
        Arrays.fill(sums, -0.0);
        for (StateDict dict : dicts) {
            double[] values = find(dict, key).toDoubleArray();
            for (int j = 0; j < sums.length; j++) {
                sums[j] += values[j];
            }
        }
        if (first.elementType() == ElementType.F64) {
            return Tensor.wrap(
                    Arrays.stream(sums).map(sum -> sum / dicts.size()).toArray(), first.shape());
        }
        float[] means = new float[sums.length];
        for (int j = 0; j < means.length; j++) {
            means[j] = (float) (sums[j] / dicts.size());
        }
        return Tensor.wrap(means, first.shape());
    }
}
