package dev.statedict.benchmark;

import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.benchmark.model.Chain;
import dev.statedict.benchmark.model.ChainByHand;
import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
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

/** Modules in one another, each with a weight. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class DepthBenchmark {
    /** How many there are. */
    @Param({"50", "500"})
    public int depth = 1;

    private Chain module = new Chain(1);
    private StateDict snapshot = module.stateDict(Policy.COPY);
    private ChainByHand hand = new ChainByHand(module, 1);
    private Map<String, Tensor> map = Map.of();

    /** Makes them, and a snapshot. */
    @Setup
    public void create() {
        module = new Chain(depth);
        snapshot = module.stateDict(Policy.COPY);
        hand = new ChainByHand(module, depth);
        map = new LinkedHashMap<>();
        hand.stateDict().forEach((key, tensor) -> map.put(key, tensor.copy()));
    }

    /** {@return the report of a load of the snapshot, after one has looked at every value of the live dict} */
    @Benchmark
    public LoadReport captureAndLoad() {
        for (Tensor value : module.stateDict(Policy.ALIAS).values()) {
            value.set(2, 0);
        }
        return module.loadStateDict(snapshot, Policy.COPY);
    }

    /** {@return the same by hand: the live map} */
    @Benchmark
    public Map<String, Tensor> byHand() {
        Map<String, Tensor> live = hand.stateDict();
        for (Tensor value : live.values()) {
            value.set(2, 0);
        }
        hand.load(map);
        return live;
    }
}
