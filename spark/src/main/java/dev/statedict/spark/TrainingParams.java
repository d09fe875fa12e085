package dev.statedict.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/** What {@link StateDictClassifier} is told of the training. */
public interface TrainingParams extends ClassifierParams {
    /**
     * The column of labels.
     *
     * @return {@code label} unless set
     */
    default Param<String> labelCol() {
        return new Param<>(this, "labelCol", "label column name");
    }

    /**
     * The column of weights.
     *
     * @return not set: all rows weigh 1
     */
    default Param<String> weightCol() {
        return new Param<>(this, "weightCol", "weight column name; without one all rows weigh 1");
    }

    /**
     * The column that orders the rows.
     *
     * @return not set: as the source gives them
     */
    default Param<String> orderCol() {
        return new Param<>(this, "orderCol", "column that orders the rows, which is a part of the result");
    }

    /**
     * The rows of a block.
     *
     * @return 4096 unless set
     */
    default IntParam blockRows() {
        return new IntParam(this, "blockRows", "rows of a block, which is a part of the result");
    }

    /**
     * The most iterations.
     *
     * @return 100 unless set
     */
    default IntParam maxIter() {
        return new IntParam(this, "maxIter", "maximum number of iterations (>= 0)");
    }

    /**
     * The least relative improvement of the loss that is worth another iteration.
     *
     * @return 1e-6 unless set
     */
    default DoubleParam tol() {
        return new DoubleParam(this, "tol", "the convergence tolerance for iterative algorithms (>= 0)");
    }

    /**
     * How strongly all parameters are pulled to 0: half of it times the sum of their squares is added to the loss.
     *
     * @return 0 unless set
     */
    default DoubleParam regParam() {
        return new DoubleParam(this, "regParam", "regularization parameter (>= 0)");
    }
}
