package dev.statedict.benchmark;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.TensorMath;
import java.util.Random;
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

/** Logistic regression as the sample trains it, in one batch of many rows, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class TrainingBenchmark {
    private static final int FEATURES = 64;
    private static final int CLASSES = 10;
    private static final float LEARNING_RATE = 0.1f;

    /** Rows of the batch. */
    @Param("200000")
    public int rows = 1;

    private final Random random = new Random(0);
    private Tensor x = Tensor.zeros(1, FEATURES);
    private int[] labels = {0};
    private Tensor logits = Tensor.zeros(1, CLASSES);
    private final Tensor weight = uniform(CLASSES, FEATURES);
    private final Tensor bias = uniform(CLASSES);
    private final Tensor weightGradient = Tensor.zeros(CLASSES, FEATURES);
    private final Tensor biasGradient = Tensor.zeros(CLASSES);

    /** Makes the batch. */
    @Setup
    public void create() {
        x = uniform(rows, FEATURES);
        labels = random.ints(rows, 0, CLASSES).toArray();
        logits = Tensor.zeros(rows, CLASSES);
    }

    private Tensor uniform(int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        float[] elements = tensor.storage();
        for (int i = 0; i < elements.length; i++) {
            elements[i] = random.nextFloat() * 2 - 1;
        }
        return tensor;
    }

    /** {@return the logits of all rows} */
    @Benchmark
    public Tensor predict() {
        TensorMath.matmul(x, weight.transpose(0, 1), logits);
        TensorMath.addInPlace(logits, bias);
        return logits;
    }

    /** {@return the weight after a step of gradient descent} */
    @Benchmark
    public Tensor train() {
        Tensor dy = predict();
        TensorMath.softmax(dy, dy);
        for (int row = 0; row < rows; row++) {
            dy.set(dy.get(row, labels[row]) - 1, row, labels[row]);
        }
        TensorMath.matmul(dy.transpose(0, 1), x, weightGradient);
        TensorMath.sum(dy, 0, biasGradient);
        TensorMath.addInPlace(weight, weightGradient, -LEARNING_RATE / rows);
        TensorMath.addInPlace(bias, biasGradient, -LEARNING_RATE / rows);
        return weight;
    }
}
