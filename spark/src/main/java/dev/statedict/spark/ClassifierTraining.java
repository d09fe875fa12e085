package dev.statedict.spark;

import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.arithmetic.ParameterVector;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.List;

/** A classifier trained by L-BFGS: its parameters as the point of a search, the loss over all rows as what is searched. */
final class ClassifierTraining {
    private final RowBlocks blocks;
    private final DataParallel<Stateful> training;
    private final Stateful model;
    private final StateDict parameters;
    private final ElementType type;
    private final double strength;

    /** A new module; {@code strength} says how strongly its parameters are pulled to 0. */
    ClassifierTraining(RowBlocks blocks, ClassifierLoss<Stateful> loss, double strength) {
        this.blocks = blocks;
        this.training = DataParallel.of(loss, loss);
        this.model = loss.create();
        this.parameters = model.namedParameters();
        this.type = ParameterVector.parametersToVector(parameters).elementType();
        this.strength = strength;
    }

    Stateful model() {
        return model;
    }

    /** Trains, and tells after how many iterations that ended. */
    int run(double tolerance, int iterations) {
        double[] start = ParameterVector.parametersToVector(parameters)
                .to(ElementType.F64)
                .toDoubleArray();
        LimitedMemoryBfgs search = new LimitedMemoryBfgs(this::loss, tolerance);
        write(search.minimize(start, iterations));
        return search.iterations();
    }

    private double loss(double[] point, double[] gradient) {
        write(point);
        LossAndGradient computed = training.gradient(blocks, model);
        return computed.loss() + strength / 2 * read(computed.gradients(), gradient, point);
    }

    /** Writes a point to the parameters, rounded to their element type. */
    private void write(double[] point) {
        Tensor vector = Tensor.zeros(type, point.length);
        for (int i = 0; i < point.length; i++) {
            vector.set(type == ElementType.F32 ? (float) point[i] : point[i], i);
        }
        ParameterVector.vectorToParameters(vector, parameters).copyTo(parameters);
    }

    /** Reads gradients into one vector, with what pulls to 0, and gives the sum of the point's squares. */
    private double read(List<Tensor> gradients, double[] vector, double[] point) {
        int at = 0;
        double squares = 0;
        for (Tensor gradient : gradients) {
            double[] elements = gradient.to(ElementType.F64).toDoubleArray();
            for (double element : elements) {
                vector[at] = element + strength * point[at];
                squares += point[at] * point[at];
                at++;
            }
        }
        return squares;
    }
}
