package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.io.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of the shapes in which existing programs keep their weights, adopted by annotations alone. */
class AdoptionTest {
    @TempDir
    Path directory;

    /** Holds that a fresh instance has the same values, to the last bit, after a save and a load in each format. */
    private List<String> adopt(String className, String... sources) throws IOException {
        Compiled compiled = Compiled.strictly(sources);
        assertThat(compiled.messages()).isEmpty();
        Stateful trained = compiled.create(Stateful.class, className);
        trained.stateDict(Policy.ALIAS).values().forEach(tensor -> tensor.fill(1 / 3f));
        StateDict saved = trained.stateDict(Policy.COPY);
        assertThat(saved).isNotEmpty();
        for (String name : List.of("net.safetensors", "net.pt")) {
            Stateful fresh = compiled.create(Stateful.class, className);
            Checkpoints.save(directory.resolve(name), saved);
            fresh.loadStateDict(Checkpoints.load(directory.resolve(name)));
            assertThat(fresh.stateDict().contentEquals(saved)).isTrue();
        }
        return saved.entrySet().stream()
                .map(entry ->
                        entry.getKey() + " " + Arrays.toString(entry.getValue().shape()))
                .toList();
    }

    private List<String> adoptNet(String net) throws IOException {
        return adopt("example.Net", Compiled.inExample(net));
    }

    @Test
    void ofItsOwnArrays() throws IOException {
        assertThat(adoptNet("""
                @StateModule
                public class Net implements NetState {
                    @Parameter double[] b = {0, 0};
                    @Parameter float[][] w = {{0, 0}, {0, 0}};
                    public Net() {}
                }
                """)).containsExactly("b [2]", "w [2, 2]");
    }

    @Test
    void withATensorClassOfItsOwnOfOurName() throws IOException {
        assertThat(adopt("nn.Dense", """
                package nn;
                public class Tensor implements dev.statedict.tensor.AsTensor {
                    public float[] data = new float[6];
                    public int[] shape = {2, 3};
                    @Override
                    public dev.statedict.tensor.Tensor asTensor() { return dev.statedict.tensor.Tensor.wrap(data, shape); }
                }
                """, """
                package nn;
                import dev.statedict.*;
                @StateModule
                public class Dense implements DenseState {
                    @Parameter Tensor weight = new Tensor();
                    public Dense() {}
                }
                """)).containsExactly("weight [2, 3]");
    }

    @Test
    void ofDoublesInEveryForm() throws IOException {
        assertThat(adoptNet("""
                @StateModule
                public class Net implements NetState {
                    @Parameter double value;
                    @Parameter double[] flat = {1 / 3.0};
                    @Parameter double[][] matrix = {{1 / 3.0}};
                    @Parameter double[][][][] kernels = {{{{1 / 3.0}}}};
                    @Parameter ArrayList<double[][]> layers = new ArrayList<>(List.<double[][]>of(new double[2][1]));
                    @Parameter(list = true) double[][][] jagged = {{{1}}, {{1, 2}, {3, 4}}};
                    public Net() {}
                }
                """))
                .containsExactly(
                        "value []",
                        "flat [1]",
                        "matrix [1, 1]",
                        "kernels [1, 1, 1, 1]",
                        "layers.0 [2, 1]",
                        "jagged.0 [1, 1]",
                        "jagged.1 [2, 2]");
    }

    @Test
    void withGradientsAndActivationsOfTheWeightsClass() throws IOException {
        assertThat(adoptNet("""
                @StateModule
                public class Net implements NetState {
                    final Params weights = new Params();
                    @Transient Params grads = new Params();
                    @Transient Params[] activations = {new Params()};
                    public Net() {}
                    @StateModule static class Params implements Net_ParamsState { @Parameter float[] mem = {0}; }
                }
                """)).containsExactly("weights.mem [1]");
    }

    @Test
    void withAMatrixClassThatIsALeaf() throws IOException {
        assertThat(adoptNet("""
                @StateModule
                public class Net implements NetState {
                    @Parameter final Matrix weight = new Matrix(2, 3);
                    public Net() {}
                    static final class Matrix implements AsTensor {
                        final int rows, cols;
                        float[] data;
                        float[] grad;
                        Matrix(int r, int c) { rows = r; cols = c; data = new float[r * c]; grad = new float[r * c]; }
                        @Override
                        public Tensor asTensor() { return Tensor.wrap(data, rows, cols); }
                    }
                }
                """)).containsExactly("weight [2, 3]");
    }

    @Test
    void withABufferThatHasAnArray() throws IOException {
        assertThat(adoptNet("""
                @StateModule
                public class Net implements NetState {
                    final java.nio.FloatBuffer w = java.nio.FloatBuffer.allocate(2);
                    public Net() {}
                    @Parameter float[] w() { return w.array(); }
                }
                """)).containsExactly("w [2]");
    }

    @Test
    void withLayersBehindAnInterface() throws IOException {
        assertThat(adoptNet("""
                @StateModule
                public class Net implements NetState {
                    final List<Layer> layers = List.of(new Dense(), new Dense());
                    Layer head = new Dense();
                    public Net() {}
                    interface Layer { float[] forward(float[] x); }
                    @StateModule
                    static class Dense implements Layer, Net_DenseState {
                        @Parameter float[][] weight = new float[2][2];
                        public float[] forward(float[] x) { return x; }
                    }
                }
                """))
                .containsExactly("layers.0.weight [2, 2]", "layers.1.weight [2, 2]", "head.weight [2, 2]");
    }

    @Test
    void withAParametersMethodOfItsOwnIsTold() {
        Compiled compiled = Compiled.withOptions(List.of(), Compiled.inExample("""
                @StateModule class Net implements NetState {
                    @Parameter double w;
                    public List<Integer> parameters() { return null; }
                }
                """));

        assertThat(compiled.messages())
                .containsExactly(
                        "ERROR Net.java:9:26: [statedict:DeclaresContract] Net declares parameters(), which the"
                                + " generated NetState implements; give the method another name");
    }
}
