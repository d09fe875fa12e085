package adopted;

import dev.statedict.Buffer;
import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.AsTensor;
import dev.statedict.tensor.Tensor;
import java.util.List;

/** What programs keep weights in: numbers, rows, a matrix class, a view of a big array, layers behind an interface. */
@StateModule
public class Net implements NetState {
    @Parameter double scale;
    @Buffer final boolean[][] mask = new boolean[2][3];
    @Buffer final int[] ids = new int[3];
    final Embedding embedding = new Embedding();
    final Convolution convolution = new Convolution();
    final Normalization normalization = new Normalization();
    final List<Layer> layers = List.of(new Dense(4, 3), x -> x.clone(), new Dense(3, 2));

    @Parameter(list = true)
    final double[][][] towers = {{{0}}, {{0, 0}, {0, 0}}};

    public Net() {}

    interface Layer {
        double[] forward(double[] x);
    }

    /** A matrix class of the program's own. */
    static final class Matrix implements AsTensor {
        final int rows;
        final int columns;
        final float[] data;

        Matrix(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
            this.data = new float[rows * columns];
        }

        @Override
        public Tensor asTensor() {
            return Tensor.wrap(data, rows, columns);
        }
    }

    @StateModule
    static final class Embedding implements Net_EmbeddingState {
        @Parameter final Matrix weight = new Matrix(5, 2);
    }

    @StateModule
    static final class Convolution implements Net_ConvolutionState {
        @Parameter final double[][][][] weight = new double[2][1][3][3];
        @Parameter final double[] bias = new double[2];
    }

    /** One big array, cut into weights by methods. */
    @StateModule
    static final class Normalization implements Net_NormalizationState {
        private final float[] memory = new float[8];

        @Parameter
        Tensor weight() {
            return part(0);
        }

        @Parameter
        Tensor bias() {
            return part(1);
        }

        @Buffer("running_mean")
        Tensor runningMean() {
            return part(2);
        }

        @Buffer("running_var")
        Tensor runningVariance() {
            return part(3);
        }

        @Buffer long num_batches_tracked;

        private Tensor part(int index) {
            return Tensor.wrap(memory, 4, 2).select(0, index);
        }
    }

    @StateModule
    static final class Dense implements Layer, Net_DenseState {
        @Parameter final double[][] weight; // [out, in]
        @Parameter final double[] bias;

        Dense(int in, int out) {
            weight = new double[out][in];
            bias = new double[out];
        }

        @Override
        public double[] forward(double[] x) {
            double[] y = bias.clone();
            for (int i = 0; i < y.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    y[i] += weight[i][j] * x[j];
                }
            }
            return y;
        }
    }
}
