package dev.statedict.benchmark;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.TensorMath;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** Logistic regression as the sample trains it, in one batch of many rows, on one thread, and on as many as there are. */
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
    private final Tensor weight = uniform(CLASSES, FEATURES);
    private final Tensor bias = uniform(CLASSES);
    private Part batch = new Part(Tensor.zeros(1, FEATURES), new int[1]);
    private List<Part> parts = List.of(batch);

    /** Rows of the batch, and the sum of their gradients. */
    private final class Part {
        private final Tensor x;
        private final int[] labels;
        private final Tensor logits;
        private final Tensor weightGradient = Tensor.zeros(CLASSES, FEATURES);
        private final Tensor biasGradient = Tensor.zeros(CLASSES);

        private Part(Tensor x, int[] labels) {
            this.x = x;
            this.labels = labels;
            this.logits = Tensor.zeros(labels.length, CLASSES);
        }

        private void predict() {
            TensorMath.matmul(x, weight.transpose(0, 1), logits);
            TensorMath.addInPlace(logits, bias);
        }

        private void differentiate() {
            predict();
            TensorMath.softmax(logits, logits);
            for (int row = 0; row < labels.length; row++) {
                logits.set(logits.get(row, labels[row]) - 1, row, labels[row]);
            }
            TensorMath.matmul(logits.transpose(0, 1), x, weightGradient);
            TensorMath.sum(logits, 0, biasGradient);
        }

        private void step() {
            TensorMath.addInPlace(weight, weightGradient, -LEARNING_RATE / rows);
            TensorMath.addInPlace(bias, biasGradient, -LEARNING_RATE / rows);
        }
    }

    /** Makes the batch, whole, and in as many parts as there are processors. */
    @Setup
    public void create() {
        batch = new Part(uniform(rows, FEATURES), random.ints(rows, 0, CLASSES).toArray());
        int processors = Runtime.getRuntime().availableProcessors();
        parts = IntStream.range(0, processors)
                .mapToObj(i -> {
                    int start = (int) ((long) rows * i / processors);
                    int end = (int) ((long) rows * (i + 1) / processors);
                    return new Part(
                            batch.x.narrow(0, start, end - start), Arrays.copyOfRange(batch.labels, start, end));
                })
                .toList();
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
        batch.predict();
        return batch.logits;
    }

    /** {@return the weight after a step of gradient descent} */
    @Benchmark
    public Tensor train() {
        batch.differentiate();
        batch.step();
        return weight;
    }

    /** {@return the weight after a step of gradient descent, for which each thread took a part of the rows} */
    @Benchmark
    public Tensor trainOnAllProcessors() {
        parts.parallelStream().forEach(Part::differentiate);
        parts.forEach(Part::step);
        return weight;
    }
}
