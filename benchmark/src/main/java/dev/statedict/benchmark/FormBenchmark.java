package dev.statedict.benchmark;

import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.benchmark.model.DoubleArray;
import dev.statedict.benchmark.model.FloatArray;
import dev.statedict.benchmark.model.FloatRows;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * As many bytes of weights in each of the forms in which programs keep them. Rows lie in memory in their order: the young
 * generation has room for all, so that no collection moves them before they are loaded; {@link RowsBenchmark} has others.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(jvmArgsAppend = {"-Xms6g", "-Xmx10g", "-Xmn4g"})
public class FormBenchmark {
    private static final int MEGABYTE = 1 << 20;

    /** What the weights are kept in. */
    public enum Form {
        /** {@code float[]}. */
        FLOAT(FloatArray::new),
        /** {@code double[]}. */
        DOUBLE(DoubleArray::new),
        /** {@code float[][]}, of rows of 1,024 elements. */
        ROWS(FloatRows::new);

        private final IntFunction<Stateful> constructor;

        Form(IntFunction<Stateful> constructor) {
            this.constructor = constructor;
        }
    }

    /** The form. */
    @Param({"FLOAT", "DOUBLE", "ROWS"})
    public Form form = Form.FLOAT;

    /** How many megabytes. */
    @Param("256")
    public int megabytes = 1;

    private Stateful module = new FloatArray(MEGABYTE);
    private StateDict snapshot = module.stateDict(Policy.COPY);

    /** Makes the module and a snapshot. */
    @Setup
    public void create() {
        module = form.constructor.apply(megabytes * MEGABYTE);
        snapshot = module.stateDict(Policy.COPY);
    }

    /**
     * In memory that was used before: on a virtual machine whose host takes back what is free, the first use of 256 MB is 800
     * ms.
     *
     * @return a new snapshot
     */
    @Benchmark
    @Fork(jvmArgsAppend = {"-Xms5g", "-Xmx5g", "-Xmn2g", "-XX:+AlwaysPreTouch"})
    public StateDict copy() {
        return module.stateDict(Policy.COPY);
    }

    /** {@return the report of a load in place} */
    @Benchmark
    public LoadReport load() {
        return module.loadStateDict(snapshot, Policy.COPY);
    }
}
