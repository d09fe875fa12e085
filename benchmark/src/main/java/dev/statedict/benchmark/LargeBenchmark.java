package dev.statedict.benchmark;

import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.benchmark.model.Linear;
import dev.statedict.tensor.Tensor;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** One layer whose weight is far larger than any cache: what counts is how often memory is gone through. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(jvmArgsAppend = {"-Xms6g", "-Xmx15g"})
public class LargeBenchmark {
    private static final int PIECES = 64;
    /** For what makes new arrays: memory that was never used costs 18 us for every 4 KB, which would be nine tenths of a copy. */
    private static final String TOUCHED = "-XX:+AlwaysPreTouch";

    /** Inputs, and outputs, of the layer. */
    @Param("8192")
    public int features = 1;

    private Linear layer = new Linear(1, 1);
    private StateDict snapshot = layer.stateDict(Policy.COPY);

    /** Makes the layer and a snapshot. */
    @Setup
    public void create() {
        layer = new Linear(features, features);
        snapshot = layer.stateDict(Policy.COPY);
    }

    /** {@return a new snapshot} */
    @Benchmark
    @Fork(jvmArgsAppend = {"-Xms15g", "-Xmx15g", TOUCHED})
    public StateDict copy() {
        return layer.stateDict(Policy.COPY);
    }

    /** {@return clones of the arrays} */
    @Benchmark
    @Fork(jvmArgsAppend = {"-Xms15g", "-Xmx15g", TOUCHED})
    public float[][] cloneArrays() {
        return new float[][] {
            layer.weight().storage().clone(), layer.bias().storage().clone()
        };
    }

    /** Takes the snapshot again, into the one that there is. */
    @Benchmark
    public void refresh() {
        layer.stateDict(Policy.ALIAS).copyTo(snapshot);
    }

    /** {@return the report of a load in place} */
    @Benchmark
    public LoadReport load() {
        return layer.loadStateDict(snapshot, Policy.COPY);
    }

    /** The fastest copy in place. */
    @Benchmark
    public void copyInPlace() {
        copyInPieces(layer.weight().storage(), weight().storage());
    }

    /** The fastest way to copy an array to another as long: in pieces, on all processors. */
    static void copyInPieces(float[] source, float[] target) {
        int length = source.length / PIECES;
        IntStream.range(0, PIECES)
                .parallel()
                .forEach(piece -> System.arraycopy(source, piece * length, target, piece * length, length));
    }

    /** One copy in place on one processor. */
    @Benchmark
    public void arraycopy() {
        float[] source = layer.weight().storage();
        System.arraycopy(source, 0, weight().storage(), 0, source.length);
    }

    private Tensor weight() {
        return Objects.requireNonNull(snapshot.get("weight"));
    }
}
