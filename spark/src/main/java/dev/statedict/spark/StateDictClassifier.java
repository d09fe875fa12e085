package dev.statedict.spark;

import dev.statedict.Policy;
import dev.statedict.Stateful;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * A module class in MLlib's pipelines: trained on all rows by L-BFGS, with the same bits on any cluster (see {@link DataParallel}).
 *
 * <pre>{@code
 * StateDictClassifier classifier = new StateDictClassifier().setClassifier(new SoftmaxRegression()).setMaxIter(50);
 * PipelineModel model = new Pipeline().setStages(new PipelineStage[] {scaler, classifier}).fit(training);
 * model.write().save("model");
 * }</pre>
 *
 * <p>A model that is saved holds a plain {@code model.safetensors}, which opens without Spark.
 */
public final class StateDictClassifier extends Estimator<StateDictClassificationModel>
        implements TrainingParams, MLWritable {
    private static final long serialVersionUID = 1;

    private final String uid;

    /** A classifier with a name of its own. */
    public StateDictClassifier() {
        this(Identifiable$.MODULE$.randomUID("stateDictClassifier"));
    }

    /**
     * A classifier with a given name.
     *
     * @param uid its name in pipelines and files
     */
    public StateDictClassifier(String uid) {
        this.uid = uid;
        setDefault(featuresCol(), "features");
        setDefault(labelCol(), "label");
        setDefault(predictionCol(), "prediction");
        setDefault(rawPredictionCol(), "rawPrediction");
        setDefault(probabilityCol(), "probability");
        setDefault(numClasses(), 0);
        setDefault(blockRows(), 4096);
        setDefault(maxIter(), 100);
        setDefault(tol(), 1e-6);
        setDefault(regParam(), 0.0);
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * Says which module class is trained.
     *
     * @param classifier of a public class with a public constructor without parameters
     * @return this
     * @throws IllegalArgumentException when it is a lambda or another class that a saved pipeline could not name
     */
    public StateDictClassifier setClassifier(RowClassifier<?> classifier) {
        set(classifier(), ClassifierLoss.name(classifier));
        return this;
    }

    /**
     * Names the columns.
     *
     * @param features of MLlib's vectors, or of arrays of floats or doubles
     * @param label of numbers, from 0
     * @return this
     */
    public StateDictClassifier setColumns(String features, String label) {
        set(featuresCol(), features);
        set(labelCol(), label);
        return this;
    }

    /**
     * Names the column of weights.
     *
     * @param column of numbers, 0 or more
     * @return this
     */
    public StateDictClassifier setWeightCol(String column) {
        set(weightCol(), column);
        return this;
    }

    /**
     * Names the column that orders the rows.
     *
     * @param column that holds nothing twice
     * @return this
     */
    public StateDictClassifier setOrderCol(String column) {
        set(orderCol(), column);
        return this;
    }

    /**
     * Says how many classes there are, which else takes a look at all labels.
     *
     * @param count 2 or more
     * @return this
     */
    public StateDictClassifier setNumClasses(int count) {
        set(numClasses(), count);
        return this;
    }

    /**
     * Sets the rows of a block.
     *
     * @param rows 1 or more
     * @return this
     */
    public StateDictClassifier setBlockRows(int rows) {
        set(blockRows(), rows);
        return this;
    }

    /**
     * Sets the most iterations.
     *
     * @param iterations 0 or more
     * @return this
     */
    public StateDictClassifier setMaxIter(int iterations) {
        set(maxIter(), iterations);
        return this;
    }

    /**
     * Sets the least relative improvement.
     *
     * @param tolerance 0 or more
     * @return this
     */
    public StateDictClassifier setTol(double tolerance) {
        set(tol(), tolerance);
        return this;
    }

    /**
     * Sets how strongly parameters are pulled to 0.
     *
     * @param strength 0 or more
     * @return this
     */
    public StateDictClassifier setRegParam(double strength) {
        set(regParam(), strength);
        return this;
    }

    private BlockOptions blockOptions() {
        BlockOptions options = BlockOptions.defaults()
                .withBlockRows(value(blockRows()))
                .withColumns(getOrDefault(featuresCol()), getOrDefault(labelCol()));
        if (isDefined(weightCol())) {
            options = options.withWeightColumn(getOrDefault(weightCol()));
        }
        return isDefined(orderCol()) ? options.withOrderColumn(getOrDefault(orderCol())) : options;
    }

    private int value(IntParam param) {
        return (Integer) getOrDefault(param);
    }

    private double value(DoubleParam param) {
        return (Double) getOrDefault(param);
    }

    /**
     * Trains.
     *
     * @param dataset the rows
     * @return the model
     * @throws IllegalArgumentException when no classifier was set
     * @throws SparkTrainingException naming the cause and the mend
     */
    @Override
    public StateDictClassificationModel fit(Dataset<?> dataset) {
        if (!isDefined(classifier())) {
            throw new IllegalArgumentException(uid + " does not know what to train; call setClassifier");
        }
        RowClassifier<Stateful> classifier = ClassifierLoss.named(getOrDefault(classifier()));
        try (RowBlocks blocks = RowBlocks.of(dataset.toDF(), blockOptions())) {
            int classes = value(numClasses()) > 0 ? value(numClasses()) : classCount(blocks);
            ClassifierLoss<Stateful> loss = new ClassifierLoss<>(classifier, blocks.width(), classes);
            ClassifierTraining training = new ClassifierTraining(blocks, loss, value(regParam()));
            int iterations = training.run(value(tol()), value(maxIter()));
            return copyValues(
                            new StateDictClassificationModel(
                                    uid,
                                    PortableStateDict.of(training.model().stateDict(Policy.COPY)),
                                    blocks.width(),
                                    iterations),
                            extractParamMap())
                    .withNumClasses(classes)
                    .setParent(this);
        }
    }

    private static int classCount(RowBlocks blocks) {
        try {
            double greatest = blocks.rdd().map(RowBlock::greatestLabel).reduce(Math::max);
            return (int) greatest + 1;
        } catch (Exception e) {
            throw SparkFailures.explained(e);
        }
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return StateDictClassificationModel.withPredictions(schema, this);
    }

    @Override
    public StateDictClassifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public MLWriter write() {
        StateDictClassifier saved = this;
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                DefaultParamsWriter$.MODULE$.saveMetadata(saved, path, sparkSession());
            }
        };
    }

    /**
     * Reads what was saved.
     *
     * @return a reader
     */
    public static MLReader<StateDictClassifier> read() {
        return new MLReader<>() {
            @Override
            public StateDictClassifier load(String path) {
                DefaultParamsReader.Metadata metadata = DefaultParamsReader$.MODULE$.loadMetadata(
                        path, sparkSession(), StateDictClassifier.class.getName());
                StateDictClassifier loaded = new StateDictClassifier(metadata.uid());
                metadata.getAndSetParams(loaded, Option.empty());
                return loaded;
            }
        };
    }

    /**
     * Reads what was saved.
     *
     * @param path where
     * @return the estimator
     */
    public static StateDictClassifier load(String path) {
        return read().load(path);
    }
}
