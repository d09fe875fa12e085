package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.statedict.LoadOptions;
import dev.statedict.LoadReport;
import dev.statedict.StateDict;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of Keras, loaded into classes with PyTorch's names and layouts; {@code make-keras.py} wrote the files. */
class KerasMappingTest {
    /** From {@code [height, width, in, out]} to {@code [out, in, height, width]}, from {@code [in, out]} to {@code [out, in]}. */
    private static final KeyMapping LAYOUTS = KeyMapping.empty()
            .withRename("sequential/{layer}/kernel", "{layer}.weight")
            .withRename("sequential/{layer}/bias", "{layer}.bias")
            .withRename("sequential/{layer}/gamma", "{layer}.weight")
            .withRename("sequential/{layer}/beta", "{layer}.bias")
            .withRename("sequential/{layer}/moving_mean", "{layer}.running_mean")
            .withRename("sequential/{layer}/moving_variance", "{layer}.running_var")
            .withPermute("conv2d.weight", 3, 2, 0, 1)
            .withTranspose("dense*.weight");

    private static final KeyMapping MAPPING = LAYOUTS.withRename("conv2d.{rest*}", "features.conv.{rest*}")
            .withRename("batch_normalization.{rest*}", "features.norm.{rest*}")
            .withRename("dense.{rest*}", "hidden.{rest*}")
            .withRename("dense_1.{rest*}", "out.{rest*}");

    @TempDir
    Path directory;

    private Path file = Path.of("");
    private StateDict keras;

    @BeforeEach
    void read() throws IOException {
        file = Fixtures.copy("keras.npz", directory);
        keras = Checkpoints.load(file);
    }

    /** Convolution, normalization, the mean over the image, and two layers. */
    private static final class Network implements Stateful {
        final Tensor convWeight = Tensor.zeros(4, 2, 3, 2); // [out, in, height, width]
        final Tensor convBias = Tensor.zeros(4);
        final Tensor normWeight = Tensor.zeros(4);
        final Tensor normBias = Tensor.zeros(4);
        final Tensor mean = Tensor.zeros(4);
        final Tensor variance = Tensor.zeros(4);
        final Tensor hiddenWeight = Tensor.zeros(3, 4); // [out, in]
        final Tensor hiddenBias = Tensor.zeros(3);
        final Tensor outWeight = Tensor.zeros(2, 3);
        final Tensor outBias = Tensor.zeros(2);

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.submodule("features", features -> {
                features.submodule("conv", conv -> {
                    conv.parameter("weight", convWeight);
                    conv.parameter("bias", convBias);
                });
                features.submodule("norm", norm -> {
                    norm.parameter("weight", normWeight);
                    norm.parameter("bias", normBias);
                    norm.buffer("running_mean", mean);
                    norm.buffer("running_var", variance);
                });
            });
            visitor.submodule("hidden", hidden -> {
                hidden.parameter("weight", hiddenWeight);
                hidden.parameter("bias", hiddenBias);
            });
            visitor.submodule("out", out -> {
                out.parameter("weight", outWeight);
                out.parameter("bias", outBias);
            });
        }

        /** What it makes of an image of {@code [height, width, in]}, as Keras has them. */
        double[] forward(Tensor image) {
            double[] pooled = new double[4];
            int height = image.size(0) - 2;
            int width = image.size(1) - 1;
            for (int out = 0; out < 4; out++) {
                double sum = 0;
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        sum += convolved(image, out, y, x);
                    }
                }
                double average = sum / (height * width);
                pooled[out] = (average - mean.get(out)) / Math.sqrt(variance.get(out) + 1e-3) * normWeight.get(out)
                        + normBias.get(out);
            }
            double[] hidden = linear(hiddenWeight, hiddenBias, pooled);
            for (int i = 0; i < hidden.length; i++) {
                hidden[i] = Math.max(hidden[i], 0);
            }
            return linear(outWeight, outBias, hidden);
        }

        private double convolved(Tensor image, int out, int y, int x) {
            double sum = convBias.get(out);
            for (int in = 0; in < 2; in++) {
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 2; j++) {
                        sum += convWeight.get(out, in, i, j) * image.get(y + i, x + j, in);
                    }
                }
            }
            return sum;
        }

        private static double[] linear(Tensor weight, Tensor bias, double[] x) {
            double[] y = new double[weight.size(0)];
            for (int out = 0; out < y.length; out++) {
                y[out] = bias.get(out);
                for (int in = 0; in < x.length; in++) {
                    y[out] += weight.get(out, in) * x[in];
                }
            }
            return y;
        }
    }

    @Test
    void theMappedModelComputesWhatKerasComputes() throws IOException {
        Network network = new Network();
        StateDict expected = Checkpoints.load(Fixtures.copy("keras-expected.safetensors", directory));

        LoadReport report = network.loadStateDict(keras, LoadOptions.strict().withMapping(MAPPING));

        assertThat(report.applied()).hasSize(10);
        assertThat(report.missing()).isEmpty();
        double[] output = network.forward(expected.get("input").select(0, 0));
        for (int i = 0; i < 2; i++) {
            assertThat((float) output[i]).isCloseTo(expected.get("output").get(0, i), within(1e-5f));
        }
    }

    @Test
    void everyNameAndLayoutIsKerassOwn() {
        assertThat(keras.get("sequential/conv2d/kernel").shape()).containsExactly(3, 2, 2, 4);
        assertThat(keras.get("sequential/dense/kernel").shape()).containsExactly(4, 3);
        assertThat(MAPPING.map(keras).untouched()).isEmpty();
        assertThat(MAPPING.map(keras).problems()).isEmpty();
    }

    /** Which names were gamma and beta cannot be told from names alone, so the way back is written for itself. */
    @Test
    void aModelIsSavedForKeras() throws IOException {
        Network network = new Network();
        network.loadStateDict(keras, LoadOptions.strict().withMapping(MAPPING));
        KeyMapping back = KeyMapping.empty()
                .withRename("features.norm.weight", "sequential/batch_normalization/gamma")
                .withRename("features.norm.bias", "sequential/batch_normalization/beta")
                .withRename("features.norm.running_mean", "sequential/batch_normalization/moving_mean")
                .withRename("features.norm.running_var", "sequential/batch_normalization/moving_variance")
                .withPermute("features.conv.weight", 2, 3, 1, 0)
                .withRename("features.conv.weight", "sequential/conv2d/kernel")
                .withRename("features.conv.bias", "sequential/conv2d/bias")
                .withTranspose("*.weight")
                .withRename("hidden.weight", "sequential/dense/kernel")
                .withRename("hidden.bias", "sequential/dense/bias")
                .withRename("out.weight", "sequential/dense_1/kernel")
                .withRename("out.bias", "sequential/dense_1/bias");
        Path saved = directory.resolve("back.npz");

        Checkpoints.save(saved, back.apply(network.stateDict()));

        assertThat(Checkpoints.load(saved).contentEquals(keras)).isTrue();
    }
}
