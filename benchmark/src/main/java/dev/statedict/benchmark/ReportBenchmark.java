package dev.statedict.benchmark;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StateDictLoadException;
import dev.statedict.benchmark.model.ManyTensors;
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

/** A load of which every key is missing, and every key that is given is unexpected, though much like one that is missing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ReportBenchmark {
    /** How many keys. */
    @Param({"1000", "10000"})
    public int keys = 1;

    private ManyTensors module = new ManyTensors(1, 1);
    private StateDict state = module.stateDict(Policy.COPY);

    /** Makes the module, and a dict of other names. */
    @Setup
    public void create() {
        module = new ManyTensors(keys, 1);
        StateDictBuilder builder = StateDict.builder();
        for (int i = 0; i < keys; i++) {
            builder.put("tensor." + i + ".value", Tensor.scalar(i));
        }
        state = builder.build();
    }

    /** {@return the message, which names them} */
    @Benchmark
    public String fail() {
        try {
            throw new IllegalStateException("loaded: " + module.loadStateDict(state, Policy.COPY));
        } catch (StateDictLoadException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
