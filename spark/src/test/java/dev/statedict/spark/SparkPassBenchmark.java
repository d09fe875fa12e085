package dev.statedict.spark;

import dev.statedict.LoadOptions;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.arithmetic.ParameterVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A training on all rows beside MLlib's, in one session, and its parts beside other ways. What is compared is interleaved, and medians
 * count. As a program it takes the full size, and some two minutes.
 */
final class SparkPassBenchmark {
    private static final int FEATURES = 64;
    private static final int CLASSES = 10;
    private static final int BLOCK_ROWS = 4096;

    private final Cluster cluster;
    private final long rows;
    private final int repetitions;

    /** A line of the results, in milliseconds. */
    record Bar(String name, double ours, double peer, double target) {
        double ratio() {
            return ours / peer;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-27s%11s%11s%11.4f%11.4f%9s",
                    name,
                    text(ours),
                    text(peer),
                    ratio(),
                    target,
                    ratio() <= target ? "ok" : "short");
        }

        private static String text(double milliseconds) {
            return milliseconds < 1000
                    ? String.format(Locale.ROOT, "%.2f ms", milliseconds)
                    : String.format(Locale.ROOT, "%.2f s", milliseconds / 1000);
        }
    }

    /** What was measured, a pass in one process (in milliseconds), and the losses that both fits ended with. */
    record Results(List<Bar> bars, double passInOneProcess, double loss, double peerLoss) {}

    SparkPassBenchmark(Cluster cluster, long rows, int repetitions) {
        this.cluster = cluster;
        this.rows = rows;
        this.repetitions = repetitions;
    }

    public static void main(String[] arguments) {
        try (Cluster cluster = Cluster.start(Cluster.TWO_THREADS)) {
            Results results = new SparkPassBenchmark(cluster, 200_000, 7).run();
            results.bars().forEach(System.out::println);
            System.out.println("a pass in one process: " + results.passInOneProcess() + " ms");
            System.out.println("loss " + results.loss() + ", MLlib's " + results.peerLoss());
        }
    }

    Results run() {
        Dataset<Row> dataset =
                cluster.session.createDataFrame(points(), LabeledPoint.class).cache();
        dataset.count();
        List<RowBlock> local;
        double[][] passes;
        try (RowBlocks blocks = RowBlocks.of(dataset, options())) {
            local = new ArrayList<>(blocks.rdd().collect());
            local.sort(java.util.Comparator.comparingLong(RowBlock::index));
            passes = passes(blocks, local);
        }
        double[] losses = new double[2];
        List<Bar> bars = new ArrayList<>(fits(dataset, losses, local));
        bars.add(new Bar("spark-pass/tree", median(passes[0]), median(passes[1]), 1.25));
        return new Results(bars, median(passes[2]), losses[0], losses[1]);
    }

    private JavaRDD<LabeledPoint> points() {
        int partitions = 4;
        long all = rows;
        return cluster.context
                .parallelize(List.of(0L, 1L, 2L, 3L), partitions)
                .flatMap(part -> java.util.stream.LongStream.range(
                                all * part / partitions, all * (part + 1) / partitions)
                        .mapToObj(SparkPassBenchmark::point)
                        .iterator());
    }

    private static LabeledPoint point(long row) {
        SplittableRandom random = new SplittableRandom(row);
        double[] features = new double[FEATURES];
        int label = random.nextInt(CLASSES);
        for (int i = 0; i < FEATURES; i++) {
            features[i] = (float) (random.nextDouble() * 2 - 1 + (i % CLASSES == label ? 0.2 : 0));
        }
        return new LabeledPoint(label, Vectors.dense(features));
    }

    private static BlockOptions options() {
        return BlockOptions.defaults().withBlockRows(BLOCK_ROWS);
    }

    private static DataParallel<Softmax> training() {
        return DataParallel.of(
                () -> new Softmax(FEATURES, CLASSES),
                (model, block, gradient) -> Softmax.sum(model, block, CLASSES, gradient));
    }

    /** A pass along the fixed tree beside one by {@code treeAggregate}, and beside one in this process. */
    private double[][] passes(RowBlocks blocks, List<RowBlock> local) {
        DataParallel<Softmax> training = training();
        Softmax model = new Softmax(FEATURES, CLASSES);
        return interleaved(
                3 * repetitions,
                () -> training.gradient(blocks, model),
                () -> treeAggregate(blocks, model),
                () -> training.gradient(local, model));
    }

    /** What one would write without the tree: sums in the order in which tasks end. */
    private static float[] treeAggregate(RowBlocks blocks, Softmax model) {
        try (StateDictBroadcast state = StateDictBroadcast.of(blocks.context(), model.stateDict(Policy.COPY))) {
            return blocks.rdd()
                    .treeAggregate(
                            new float[CLASSES * FEATURES + CLASSES],
                            (sum, block) -> {
                                Softmax own = new Softmax(FEATURES, CLASSES);
                                own.loadStateDict(
                                        state.open(), LoadOptions.strict().withPolicy(Policy.COPY));
                                Softmax gradient = new Softmax(FEATURES, CLASSES);
                                Softmax.sum(own, block, CLASSES, gradient);
                                return add(
                                        sum,
                                        ParameterVector.parametersToVector(gradient.namedParameters())
                                                .storage());
                            },
                            SparkPassBenchmark::add);
        }
    }

    private static float[] add(float[] sum, float[] other) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other[i];
        }
        return sum;
    }

    /** A whole fit beside MLlib's, from the same cached rows, each to its own end; and both by iteration. */
    private List<Bar> fits(Dataset<Row> dataset, double[] losses, List<RowBlock> local) {
        StateDictClassifier ours = new StateDictClassifier()
                .setClassifier(new SoftmaxClassifier())
                .setNumClasses(CLASSES)
                .setBlockRows(BLOCK_ROWS);
        LogisticRegression peer = new LogisticRegression();
        int[] iterations = new int[2];
        double[][] times = interleaved(
                Math.max(2, repetitions / 2),
                () -> {
                    StateDictClassificationModel fitted = ours.fit(dataset);
                    losses[0] = loss(fitted.stateDict(), local);
                    iterations[0] = fitted.iterations();
                },
                () -> {
                    LogisticRegressionModel fitted = peer.fit(dataset);
                    losses[1] = loss(stateOf(fitted), local);
                    iterations[1] = fitted.summary().totalIterations();
                });
        double whole = median(times[0]);
        double peersWhole = median(times[1]);
        return List.of(
                new Bar("spark-pass", whole / iterations[0], peersWhole / iterations[1], 0.8),
                new Bar("spark-pass/fit", whole, peersWhole, 0.5));
    }

    private static double loss(StateDict state, List<RowBlock> blocks) {
        Softmax model = new Softmax(FEATURES, CLASSES);
        model.loadStateDict(state);
        return training().gradient(blocks, model).loss();
    }

    private static StateDict stateOf(LogisticRegressionModel fitted) {
        Softmax model = new Softmax(FEATURES, CLASSES);
        Matrix coefficients = fitted.coefficientMatrix();
        for (int row = 0; row < CLASSES; row++) {
            for (int i = 0; i < FEATURES; i++) {
                model.weight.set((float) coefficients.apply(row, i), row, i);
            }
            model.bias.set((float) fitted.interceptVector().apply(row), row);
        }
        return model.stateDict(Policy.COPY);
    }

    /** Each time another one begins, for what ran before tells: a first job after a pause takes longer. */
    private static double[][] interleaved(int repetitions, Runnable... tasks) {
        double[][] times = new double[tasks.length][repetitions];
        for (int repetition = -1; repetition < repetitions; repetition++) { // the first warms up
            for (int turn = 0; turn < tasks.length; turn++) {
                int task = (turn + repetition + 1) % tasks.length;
                long began = System.nanoTime();
                tasks[task].run();
                if (repetition >= 0) {
                    times[task][repetition] = (System.nanoTime() - began) / 1e6;
                }
            }
        }
        return times;
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
