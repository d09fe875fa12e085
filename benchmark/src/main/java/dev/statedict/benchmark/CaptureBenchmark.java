package dev.statedict.benchmark;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.benchmark.model.ByHand;
import dev.statedict.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** {@code stateDict(ALIAS)} beside a map that is filled by hand, and what its user does next with either. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class CaptureBenchmark {
    /** What is captured. */
    @Param({"TREE", "FOREST"})
    public ModelKind model = ModelKind.TREE;

    private Stateful module = ModelKind.TREE.create();
    private String[] keys = {};

    /** Makes the model. */
    @Setup
    public void create() {
        module = model.create();
        keys = ByHand.keys(module);
    }

    /** {@return a new dict} */
    @Benchmark
    public Map<String, Tensor> stateDict() {
        return module.stateDict(Policy.ALIAS);
    }

    /** {@return a sum over the values of a new dict} */
    @Benchmark
    public float values() {
        return sum(module.stateDict(Policy.ALIAS));
    }

    /** {@return a sum over the values of a new map} */
    @Benchmark
    public float valuesByHand() {
        return sum(ByHand.stateDict(module, keys));
    }

    /** {@return a sum over the values of a new dict, then looked up one by one} */
    @Benchmark
    public float lookups() {
        return sumByKey(module.stateDict(Policy.ALIAS));
    }

    /** {@return a sum over the values of a new map, then looked up one by one} */
    @Benchmark
    public float lookupsByHand() {
        return sumByKey(ByHand.stateDict(module, keys));
    }

    /**
     * Reads every key of a new dict, as PyTorch's dict has them.
     *
     * @param blackhole where they go
     */
    @Benchmark
    public void keys(Blackhole blackhole) {
        StateDict state = module.stateDict(Policy.ALIAS);
        for (Map.Entry<String, Tensor> entry : state.entrySet()) {
            blackhole.consume(entry.getKey());
            blackhole.consume(entry.getValue());
        }
    }

    private static float sum(Map<String, Tensor> state) {
        float sum = 0;
        for (Tensor tensor : state.values()) {
            sum += tensor.storage()[tensor.storageOffset()];
        }
        return sum;
    }

    private float sumByKey(Map<String, Tensor> state) {
        float sum = sum(state);
        for (String key : keys) {
            Tensor tensor = Objects.requireNonNull(state.get(key));
            sum += tensor.storage()[tensor.storageOffset()];
        }
        return sum;
    }
}
