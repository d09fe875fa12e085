package dev.statedict.benchmark;

import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.benchmark.model.ByHand;
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

/** A strict load of a snapshot in place, with every check, beside code by hand and beside the bare copies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class LoadBenchmark {
    /** What is loaded into. */
    @Param({"MLP", "TREE", "FOREST"})
    public ModelKind model = ModelKind.TREE;

    private Stateful module = ModelKind.TREE.create();
    private Stateful other = module;
    private StateDict snapshot = module.stateDict(Policy.COPY);
    private Map<String, Tensor> map = Map.of();
    private String[] keys = {};
    private float[][] sources = {};
    private float[][] targets = {};

    /** Makes the model and the snapshot, which the code by hand has as a map of constants. */
    @Setup
    public void create() {
        module = model.create();
        other = model.create();
        snapshot = module.stateDict(Policy.COPY);
        keys = ByHand.keys(module);
        map = new LinkedHashMap<>();
        for (String key : keys) {
            map.put(key, snapshot.get(key));
        }
        sources = storages(snapshot);
        targets = storages(module.stateDict(Policy.ALIAS));
    }

    private static float[][] storages(StateDict state) {
        return state.values().stream().map(Tensor::storage).toArray(float[][]::new);
    }

    /** {@return the report of a load into the module that it was loaded into before} */
    @Benchmark
    public LoadReport loadStateDict() {
        return module.loadStateDict(snapshot, Policy.COPY);
    }

    /** {@return the report of a load into another module than the last time, of which nothing is known yet} */
    @Benchmark
    public LoadReport loadIntoAnother() {
        Stateful next = other;
        other = module;
        module = next;
        return next.loadStateDict(snapshot, Policy.COPY);
    }

    /** {@return the report of a load from a map that is no state dict} */
    @Benchmark
    public LoadReport loadMap() {
        return module.loadStateDict(map, Policy.COPY);
    }

    /** Looks up, checks the shape and copies, key by key. */
    @Benchmark
    public void byHand() {
        ByHand.load(module, keys, map);
    }

    /** Looks all up and checks it, then copies. */
    @Benchmark
    public void byHandAtomic() {
        ByHand.loadAtomically(module, keys, map);
    }

    /** Copies the arrays, which somebody has put side by side. */
    @Benchmark
    public void arraycopy() {
        for (int i = 0; i < sources.length; i++) {
            System.arraycopy(sources[i], 0, targets[i], 0, sources[i].length);
        }
    }
}
