package dev.statedict.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module class in MLlib's pipelines. */
class PipelineTest {
    private static final SyntheticRows ROWS = SyntheticRows.of(600, 4);

    private static Cluster cluster;
    private static Dataset<Row> rows;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(Cluster.TWO_THREADS);
        rows = cluster.session.createDataFrame(
                ROWS.rdd(cluster.context, 3), org.apache.spark.ml.feature.LabeledPoint.class);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static StateDictClassifier classifier() {
        return new StateDictClassifier()
                .setClassifier(new SoftmaxClassifier())
                .setBlockRows(64)
                .setMaxIter(30);
    }

    private static double accuracy(Dataset<Row> predicted) {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(predicted);
    }

    @Test
    void aPipelineIsTrainedSavedAndLoaded() throws Exception {
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new StandardScaler().setInputCol("features").setOutputCol("scaled"),
            classifier().setColumns("scaled", "label").setNumClasses(3)
        });
        pipeline.save(directory.resolve("pipeline").toString());
        PipelineModel model =
                Pipeline.load(directory.resolve("pipeline").toString()).fit(rows);
        model.save(directory.resolve("model").toString());
        PipelineModel loaded = PipelineModel.load(directory.resolve("model").toString());

        List<Row> before =
                model.transform(rows).select("prediction", "probability").collectAsList();
        List<Row> after =
                loaded.transform(rows).select("prediction", "probability").collectAsList();

        assertThat(after).isEqualTo(before);
        assertThat(accuracy(model.transform(rows))).isGreaterThan(0.6);
        Vector probability = before.get(0).getAs("probability");
        assertThat(probability.apply(0) + probability.apply(1) + probability.apply(2))
                .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-6));
    }

    @Test
    void theModelsFileOpensWithoutSpark() throws Exception {
        StateDictClassificationModel model = classifier().fit(rows);
        model.save(directory.resolve("model").toString());
        Path file = directory.resolve("model").resolve("model.safetensors");

        StateDict read = Checkpoints.load(file);

        assertThat(read.keySet()).containsExactlyInAnyOrder("weight", "bias");
        assertThat(read.contentEquals(model.stateDict())).isTrue();
        Softmax softmax = new Softmax(4, 3);
        softmax.loadStateDict(read);
        Tensor logits = softmax.logits(ROWS.matrix());
        assertThat(logits.size(1)).isEqualTo(3);
        assertThat(StateDictClassificationModel.load(directory.resolve("model").toString())
                        .numFeatures())
                .isEqualTo(4);
    }

    @Test
    void pythonReadsTheModelsFile() throws Exception {
        String python = System.getenv("STATEDICT_PYTHON");
        assumeTrue(python != null, "STATEDICT_PYTHON names no Python with safetensors and NumPy");
        StateDictClassificationModel model = classifier().fit(rows);
        model.save(directory.resolve("model").toString());
        Process process = new ProcessBuilder(
                        python,
                        "-c",
                        "import sys; from safetensors.numpy import load_file; d = load_file(sys.argv[1]);"
                                + " print(d['weight'].shape, float(d['bias'][0]).hex())",
                        directory.resolve("model").resolve("model.safetensors").toString())
                .redirectErrorStream(true)
                .start();

        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        double bias = model.stateDict().get("bias").get(0);
        assertThat(printed).startsWith("(3, 4) ");
        assertThat(Double.parseDouble(printed.strip().substring("(3, 4) ".length())))
                .isEqualTo(bias);
    }

    @Test
    void aCrossValidatorChoosesAmongItsParameters() {
        StateDictClassifier classifier = classifier().setMaxIter(10);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.regParam(), new double[] {0.01, 100})
                .build();

        CrossValidatorModel chosen = new CrossValidator()
                .setEstimator(classifier)
                .setEstimatorParamMaps(grid)
                .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("logLoss"))
                .setNumFolds(2)
                .setSeed(1)
                .fit(rows);

        assertThat(chosen.avgMetrics()[0]).isLessThan(chosen.avgMetrics()[1]);
        assertThat(chosen.bestModel()).isInstanceOf(StateDictClassificationModel.class);
        assertThat(accuracy(chosen.transform(rows))).isGreaterThan(0.6);
    }

    @Test
    void theModelIsTheSameWhateverThePartitions() {
        StateDict one = classifier().fit(rows.coalesce(1)).stateDict();
        StateDict three = classifier().fit(rows).stateDict();

        assertThat(one.digest()).isEqualTo(three.digest());
    }

    @Test
    void aClassifierThatHasNoNameIsRefused() {
        RowClassifier<Softmax> anonymous = new RowClassifier<>() {
            @Override
            public Softmax create(int features, int classes) {
                return new Softmax(features, classes);
            }

            @Override
            public Tensor logits(Softmax model, Tensor features) {
                return model.logits(features);
            }

            @Override
            public double sum(Softmax model, RowBlock block, int classes, Softmax gradient) {
                return 0;
            }
        };

        assertThatThrownBy(() -> new StateDictClassifier().setClassifier(anonymous))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the classifier dev.statedict.spark.PipelineTest$1 is an anonymous class, which no other program can make, and its"
                                + " name is all that a pipeline saves of it; write a public class, at top level or static, with a public"
                                + " constructor without parameters, that implements RowClassifier");
        OneMethod<Softmax> lambda = (features, classes) -> new Softmax(features, classes);
        assertThatThrownBy(() -> new StateDictClassifier().setClassifier(lambda))
                .hasMessageContaining(
                        "is a lambda, which has no name to save, and its name is all that a pipeline saves of it");
        assertThatThrownBy(() -> new StateDictClassifier().fit(rows)).hasMessageContaining("call setClassifier");
    }

    /** An interface of a user's, with what can be a lambda. */
    private interface OneMethod<M extends dev.statedict.Stateful> extends RowClassifier<M> {
        @Override
        default Tensor logits(M model, Tensor features) {
            return features;
        }

        @Override
        default double sum(M model, RowBlock block, int classes, M gradient) {
            return 0;
        }
    }

    @Test
    void rowsOfAnotherWidthThanItWasTrainedOnAreNamed() {
        StateDictClassificationModel model = classifier().fit(rows);
        Dataset<Row> wider = cluster.session.createDataFrame(
                SyntheticRows.of(5, 6).rdd(cluster.context, 1), org.apache.spark.ml.feature.LabeledPoint.class);

        assertThatThrownBy(() -> model.transform(wider).collectAsList())
                .hasStackTraceContaining(
                        "row 0 of a partition has 6 features, and the model was trained on rows of 4; give it the columns"
                                + " that it was trained on");
        assertThatThrownBy(() -> model.transform(rows.drop("features")))
                .hasMessageContaining("there is no column features");
    }
}
