package dev.statedict.benchmark;

import dev.statedict.StateDict;
import dev.statedict.arithmetic.StateDictMath;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

/** Averages in place, of weights that are far larger than any cache: what counts is how often memory is gone through. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(jvmArgsAppend = {"-Xms6g", "-Xmx15g"})
public class ArithmeticBenchmark {
    private static final int DICTS = 8;
    private static final float WEIGHT = 0.001f;

    /** The size of each dict. */
    @Param("64")
    public int megabytes = 1;

    private float[][] arrays = {};
    private List<StateDict> dicts = List.of();
    private final double[] weights = new double[DICTS];

    /** Makes eight dicts of one tensor. */
    @Setup
    public void create() {
        Random random = new Random(0);
        arrays = new float[DICTS][megabytes << 18];
        dicts = new ArrayList<>();
        for (float[] array : arrays) {
            for (int i = 0; i < array.length; i++) {
                array[i] = random.nextFloat();
            }
            dicts.add(StateDict.builder()
                    .put("weight", Tensor.wrap(array, array.length))
                    .build());
        }
        Arrays.fill(weights, 1);
    }

    /** A step of an exponential moving average. */
    @Benchmark
    public void emaInPlace() {
        StateDictMath.lerpInPlace(dicts.get(0), dicts.get(1), WEIGHT);
    }

    /** The same by the plainest loop over the arrays, which was the fastest of several. */
    @Benchmark
    public void emaLoop() {
        loop(arrays[0], arrays[1]);
    }

    private static void loop(float[] average, float[] model) {
        for (int i = 0; i < average.length; i++) {
            average[i] += WEIGHT * (model[i] - average[i]);
        }
    }

    /** The mean of eight dicts, written to the first. */
    @Benchmark
    public void averageOfEight() {
        StateDictMath.averageInPlace(dicts.get(0), dicts, weights);
    }

    /** {@return the sum of the bits of all eight} */
    @Benchmark
    public int readEight() {
        int sum = 0;
        for (float[] array : arrays) {
            sum += bits(array);
        }
        return sum;
    }

    private static int bits(float[] array) {
        int sum = 0;
        for (float element : array) {
            sum += Float.floatToRawIntBits(element);
        }
        return sum;
    }
}
