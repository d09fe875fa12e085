package dev.statedict.spark;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The parameters that {@link StateDictClassifier} and {@link StateDictClassificationModel} have in common. */
public interface ClassifierParams extends Params {
    /**
     * The column of features.
     *
     * @return {@code features} unless set
     */
    default Param<String> featuresCol() {
        return new Param<>(this, "featuresCol", "features column name");
    }

    /**
     * The column of the class that is predicted.
     *
     * @return {@code prediction} unless set
     */
    default Param<String> predictionCol() {
        return new Param<>(this, "predictionCol", "prediction column name");
    }

    /**
     * The column of logits.
     *
     * @return {@code rawPrediction} unless set
     */
    default Param<String> rawPredictionCol() {
        return new Param<>(this, "rawPredictionCol", "raw prediction (logits) column name");
    }

    /**
     * The column of the classes' probabilities.
     *
     * @return {@code probability} unless set
     */
    default Param<String> probabilityCol() {
        return new Param<>(this, "probabilityCol", "column name for the classes' probabilities");
    }

    /**
     * The class that knows the module class.
     *
     * @return the name of a {@link RowClassifier}
     */
    default Param<String> classifier() {
        return new Param<>(this, "classifier", "name of a public class that implements RowClassifier");
    }

    /**
     * How many classes there are.
     *
     * @return for the estimator 0 unless set: one more than the greatest label
     */
    default IntParam numClasses() {
        return new IntParam(this, "numClasses", "number of classes; 0: one more than the greatest label");
    }
}
