package dev.statedict.benchmark;

import dev.statedict.Policy;
import dev.statedict.Stateful;
import dev.statedict.benchmark.model.ByHand;
import dev.statedict.tensor.Tensor;
import java.util.Map;

/** What a program pays that captures its model once: prints the microseconds of the first call in this JVM. */
public final class FirstCall {
    private FirstCall() {}

    /**
     * Times one call and a sum over what it gives. The code by hand has its keys before, as a class has its constants.
     *
     * @param arguments a {@link ModelKind}, then {@code stateDict} or {@code stateDictByHand}
     */
    public static void main(String[] arguments) {
        Stateful model = ModelKind.valueOf(arguments[0]).create();
        String[] keys = ByHand.keys(model);
        boolean byHand = arguments[1].equals("stateDictByHand");
        long start = System.nanoTime();
        Map<String, Tensor> state = byHand ? ByHand.stateDict(model, keys) : model.stateDict(Policy.ALIAS);
        float sum = 0;
        for (Tensor tensor : state.values()) {
            sum += tensor.storage()[tensor.storageOffset()];
        }
        double microseconds = (System.nanoTime() - start) / 1e3;
        if (sum != state.size()) {
            throw new IllegalStateException("a model of ones sums up to " + sum);
        }
        System.out.println(microseconds);
    }
}
