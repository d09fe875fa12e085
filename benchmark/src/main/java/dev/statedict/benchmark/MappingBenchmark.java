package dev.statedict.benchmark;

import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.io.KeyMapping;
import dev.statedict.tensor.Tensor;
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

/** A mapping by many rules, each of which has a key of its own, of 2,000 keys. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class MappingBenchmark {
    private static final int KEYS = 2_000;

    /** How many rules. */
    @Param({"100", "1000"})
    public int rules = 1;

    private String json = "";
    private StateDict state = StateDict.builder().build();

    /** Makes the rules and the dict. */
    @Setup
    public void create() {
        KeyMapping mapping = KeyMapping.empty();
        for (int i = 0; i < rules; i++) {
            mapping = mapping.withRename("layer" + i + ".weight", "block." + i + ".w");
        }
        json = mapping.toJson();
        StateDictBuilder builder = StateDict.builder();
        for (int i = 0; i < KEYS; i++) {
            builder.put("layer" + i + ".weight", Tensor.scalar(i));
        }
        state = builder.build();
    }

    /** {@return the dict under its new names, by rules that are read from text} */
    @Benchmark
    public StateDict map() {
        return KeyMapping.fromJson(json).apply(state);
    }
}
