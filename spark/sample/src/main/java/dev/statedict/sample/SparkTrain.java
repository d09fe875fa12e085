package dev.statedict.sample;

import dev.statedict.Stateful;
import dev.statedict.io.CheckpointManagerOptions;
import dev.statedict.io.RestoredCheckpoint;
import dev.statedict.spark.BlockOptions;
import dev.statedict.spark.DataParallel;
import dev.statedict.spark.HadoopCheckpoints;
import dev.statedict.spark.LossAndGradient;
import dev.statedict.spark.RowBlock;
import dev.statedict.spark.RowBlocks;
import dev.statedict.spark.SparkTrainingException;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.TensorMath;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The sample's training on a cluster, each step on all rows. It ends with the accuracy and the bits that one process ends with. */
@Command(
        name = "spark-train",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Trains on Spark, on the handwritten digits or on synthetic rows.")
public final class SparkTrain implements Callable<Integer> {
    private final PrintWriter out;

    @Option(names = "--steps", paramLabel = "N", description = "How often to go over all rows; each time is one step.")
    private int steps = 60;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "How steps are made: ${COMPLETION-CANDIDATES}.")
    private TrainingSettings.Method method = TrainingSettings.Method.SGD;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "The length of a step.")
    private double learningRate = 0.5;

    @Option(names = "--seed", paramLabel = "N", description = "Decides the split of the digits and the first weights.")
    private long seed = 0;

    @Option(
            names = "--synthetic",
            paramLabel = "ROWS",
            description = "Train on so many synthetic rows, which the executors make themselves; else on the digits.")
    private long syntheticRows = 0;

    @Option(names = "--block-rows", paramLabel = "N", description = "Rows of a block, which is a part of the result.")
    private int blockRows = 64;

    @Option(names = "--partitions", paramLabel = "N", description = "Partitions of the blocks; they change no bit.")
    private int partitions = 4;

    @Option(
            names = "--checkpoints",
            paramLabel = "URI",
            description = "Save each tenth step there, on any file system of Hadoop's, and go on from the last one.")
    private @Nullable String checkpoints;

    @Option(names = "--in-one-process", description = "The same without Spark.")
    private boolean inOneProcess;

    private SparkTrain(PrintWriter out) {
        this.out = out;
    }

    /**
     * Runs it and, where it fails, exits with 1, or with 2 when an option will not do.
     *
     * @param arguments options
     */
    public static void main(String[] arguments) {
        int exitCode = run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new SparkTrain(out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (e instanceof InputException || e instanceof SparkTrainingException) {
                        err.println("spark-train: " + e.getMessage());
                        return 1;
                    }
                    throw e;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() throws InputException, IOException {
        SparkRows rows = syntheticRows > 0 ? SparkRows.synthetic(syntheticRows) : SparkRows.digits(seed);
        LogisticRegression model = LogisticRegression.random(Digits.PIXELS, Digits.CLASSES, new Random(seed));
        DataParallel<LogisticRegression> training = DataParallel.of(SparkTrain::module, SparkTrain::sum);
        if (inOneProcess) {
            List<RowBlock> blocks = rows.inThisProcess(blockRows);
            print("%d rows in %d blocks, in one process", rows.count(), blocks.size());
            train(model, step -> training.gradient(blocks, model));
        } else {
            SparkConf conf = new SparkConf().setAppName("spark-train");
            if (!conf.contains("spark.master")) {
                throw new InputException(
                        "no cluster is given; start this by spark-submit --master, or add --in-one-process");
            }
            try (JavaSparkContext context = new JavaSparkContext(conf)) {
                try (RowBlocks blocks = RowBlocks.of(
                        rows.on(context, partitions),
                        BlockOptions.defaults().withBlockRows(blockRows).withPartitions(partitions))) {
                    print(
                            "%d rows in %d blocks over %d partitions of %s",
                            blocks.rowCount(), blocks.blockCount(), blocks.rdd().getNumPartitions(), context.master());
                    train(model, step -> training.gradient(blocks, model));
                }
            }
        }
        print("test accuracy: %.4f", rows.accuracy(model));
        print("digest: %s", model.stateDict().digest());
        return 0;
    }

    private void train(LogisticRegression model, Function<Integer, LossAndGradient> pass) throws IOException {
        Optimizer optimizer = new TrainingSettings(
                        steps,
                        learningRate,
                        blockRows,
                        0.003,
                        method == TrainingSettings.Method.SGD ? 0.9 : 0,
                        method,
                        Schedule.CONSTANT)
                .optimizer(model.parameters());
        Map<String, Stateful> parts = new LinkedHashMap<>();
        parts.put("model", model);
        parts.put("optimizer", optimizer);
        try (HadoopCheckpoints saved = checkpoints == null
                ? null
                : HadoopCheckpoints.open(
                        checkpoints,
                        new org.apache.hadoop.conf.Configuration(),
                        CheckpointManagerOptions.defaults().withKeepLast(2))) {
            long done = saved == null
                    ? 0
                    : saved.restore(parts)
                            .map(RestoredCheckpoint::checkpoint)
                            .map(checkpoint -> checkpoint.step())
                            .orElse(0L);
            if (done > 0) {
                print("goes on after step %d of %d", done, steps);
            }
            for (int step = (int) done + 1; step <= steps; step++) {
                LossAndGradient computed = pass.apply(step);
                optimizer.step(computed.gradients(), learningRate);
                if (step % 10 == 0 || step == steps) {
                    print("step %d of %d: loss %.6f", step, steps, computed.loss());
                    if (saved != null) {
                        saved.save(step, parts, Map.of("loss", computed.loss()));
                    }
                }
            }
        }
    }

    private static LogisticRegression module() {
        return LogisticRegression.zeros(Digits.PIXELS, Digits.CLASSES);
    }

    /** The sum of the rows' cross-entropies, whose gradient is the softmax of the logits, less 1 at each label. */
    private static double sum(LogisticRegression model, RowBlock block, LogisticRegression gradient) {
        int[] labels = block.classes(Digits.CLASSES);
        Tensor images = block.features();
        Tensor logits = model.forward(images);
        double loss = CrossEntropy.mean(logits, labels) * labels.length;
        TensorMath.softmax(logits, logits);
        for (int row = 0; row < labels.length; row++) {
            logits.set(logits.get(row, labels[row]) - 1, row, labels[row]);
        }
        model.fc.backward(images, logits, gradient.fc);
        return loss;
    }

    private void print(String format, Object... arguments) {
        out.print(String.format(Locale.ROOT, format, arguments) + "\n");
        out.flush();
    }
}
