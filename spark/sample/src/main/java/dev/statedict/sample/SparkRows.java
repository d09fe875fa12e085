package dev.statedict.sample;

import dev.statedict.spark.RowBlock;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/** What {@link SparkTrain} trains on: digits that lie in this process, or rows that whoever needs them makes. */
final class SparkRows {
    private final long count;
    private final @Nullable Digits training;
    private final Digits test;

    private SparkRows(long count, @Nullable Digits training, Digits test) {
        this.count = count;
        this.training = training;
        this.test = test;
    }

    /** The digits that the sample ships, split and standardised as its own training does. */
    static SparkRows digits(long seed) throws InputException {
        Digits digits = DigitsReader.readShipped();
        Split split = TrainingStart.random(digits.size(), seed).split();
        Digits raw = digits.select(split.training());
        Standardization standardization = Standardization.fit(raw.images());
        return new SparkRows(
                raw.size(), standardization.apply(raw), standardization.apply(digits.select(split.test())));
    }

    /** Rows around one point for each class; those after the last of them are for the test. */
    static SparkRows synthetic(long count) {
        return new SparkRows(count, null, made(count, (int) Math.min(10_000, Math.max(10, count / 10))));
    }

    private static Digits made(long from, int rows) {
        Digits digits = new Digits(Tensor.zeros(rows, Digits.PIXELS), new int[rows]);
        for (int row = 0; row < rows; row++) {
            digits.labels()[row] = make(from + row, digits.images().storage(), row * Digits.PIXELS);
        }
        return digits;
    }

    /** Makes a row of its number alone, so that it is the same wherever it is made. */
    private static int make(long row, float[] features, int at) {
        SplittableRandom random = new SplittableRandom(row);
        int label = random.nextInt(Digits.CLASSES);
        for (int i = 0; i < Digits.PIXELS; i++) {
            features[at + i] = (float) (random.nextDouble() * 2 - 1 + (i % Digits.CLASSES == label ? 0.4 : 0));
        }
        return label;
    }

    long count() {
        return count;
    }

    List<RowBlock> inThisProcess(int blockRows) {
        Digits rows = training == null ? made(0, Math.toIntExact(count)) : training;
        double[] labels = IntStream.of(rows.labels()).asDoubleStream().toArray();
        return RowBlock.split(rows.images(), labels, blockRows);
    }

    JavaRDD<LabeledPoint> on(JavaSparkContext context, int partitions) {
        if (training == null) {
            long all = count;
            List<Long> numbers = LongStream.range(0, partitions).boxed().toList();
            return context.parallelize(numbers, partitions)
                    .flatMap(number -> LongStream.range(all * number / partitions, all * (number + 1) / partitions)
                            .mapToObj(SparkRows::point)
                            .iterator());
        }
        List<LabeledPoint> points = new ArrayList<>();
        for (int row = 0; row < training.size(); row++) {
            points.add(point(training.images().select(0, row).toArray(), training.labels()[row]));
        }
        return context.parallelize(points, partitions);
    }

    private static LabeledPoint point(long row) {
        float[] features = new float[Digits.PIXELS];
        return point(features, make(row, features, 0));
    }

    private static LabeledPoint point(float[] features, int label) {
        double[] values = new double[features.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = features[i];
        }
        return new LabeledPoint(label, Vectors.dense(values));
    }

    double accuracy(LogisticRegression model) {
        return Evaluation.of(model, test).accuracy();
    }
}
