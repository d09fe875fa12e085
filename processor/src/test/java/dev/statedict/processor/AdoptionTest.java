package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.io.Checkpoints;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Classes of the shapes in which existing programs keep their weights, adopted by annotations alone. */
class AdoptionTest {
    @TempDir
    Path directory;

    /**
     * Holds that a fresh instance is the trained one, field by field and to the last bit, after a save and a load in
     * each format.
     */
    private List<String> adopt(String className, String... sources) throws IOException {
        assertThat(Compiled.strictly(sources).messages()).isEmpty();
        List<String> byJavac = adopt(EachCompiler.JAVAC.compile(directory, className, sources));
        assertThat(adopt(EachCompiler.ECLIPSE.compile(directory, className, sources)))
                .isEqualTo(byJavac);
        return byJavac;
    }

    private List<String> adopt(Supplier<Stateful> compiled) throws IOException {
        Stateful trained = compiled.get();
        StateDict learnt = RandomValues.like(trained.stateDict(), new Random(16));
        trained.loadStateDict(learnt);
        assertThat(trained.stateDict().contentEquals(learnt)).isTrue();
        for (String name : List.of("net.safetensors", "net.pt")) {
            Stateful fresh = compiled.get();
            assertThat(fresh).usingRecursiveComparison().isNotEqualTo(trained);
            Checkpoints.save(directory.resolve(name), trained.stateDict());
            fresh.loadStateDict(Checkpoints.load(directory.resolve(name)));
            assertThat(fresh).as(name).usingRecursiveComparison().isEqualTo(trained);
        }
        return learnt.entrySet().stream()
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
    void withAnArrayForEachLayer() throws IOException {
        assertThat(adoptNet("""
                @StateModule
                public class Net implements NetState {
                    @Parameter float[][] wq = {{1, 2}, {3, 4}};
                    public Net() {}
                }
                """)).containsExactly("wq [2, 2]");
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

    @Test
    void withoutAnAnnotationOnItsWeightsIsTold() {
        Refusal.of("""
                @StateModule
                /*here*/class Net implements NetState {
                    double[] b = {1};
                    float[][] w = {{1}};
                    java.nio.FloatBuffer embedding = java.nio.FloatBuffer.allocate(1);
                    Matrix hidden = new Matrix();

                    static class Matrix { double[] data = {1}; }
                }
                """)
                .warns(
                        Diagnostic.NO_ENTRY,
                        "no state dict of Net has an entry, though it has double[] b, float[][] w, FloatBuffer embedding,"
                                + " Matrix hidden; annotate what it learns with @Parameter or @Buffer, the class of what holds"
                                + " that with @StateModule, or write @SuppressWarnings(\"statedict\") on Net");
    }

    @Test
    void whoseBuffersBytesAndTextsAreAnnotatedIsToldOfEach() {
        String source = Compiled.inExample("""
                @StateModule
                class Net implements NetState {
                    @Parameter java.nio.FloatBuffer a;
                    @Parameter java.nio.FloatBuffer[] b;
                    @Parameter java.nio.DoubleBuffer c;
                    @Buffer int[] e;
                    @Buffer long[] f;
                    @Buffer double g;
                    @Buffer byte[] h;
                    @Buffer String i;
                }
                """);
        String members =
                ", which is a Tensor, an AsTensor, or an array of float, double, int, long or boolean of any depth,"
                        + " or an Optional, a List, an array or a Map<String, ...> of these, or one such number; ";

        List<String> messages = Compiled.withOptions(List.of(), source).messages();
        assertThat(EclipseCompiled.in(directory, List.of(), source).errors())
                .isEqualTo(messages.stream()
                        .map(message -> message.replaceFirst("^ERROR (\\S+:\\d+):\\d+: ", "$1: "))
                        .toList());
        assertThat(messages)
                .containsExactly(
                        "ERROR Net.java:9:5: [statedict:ParameterType] Net.a (FloatBuffer) is no parameter" + members
                                + "annotate a method that returns its array instead",
                        "ERROR Net.java:10:5: [statedict:ParameterType] Net.b (FloatBuffer[]) is no parameter" + members
                                + "annotate a method that returns its array instead",
                        "ERROR Net.java:11:5: [statedict:ParameterType] Net.c (DoubleBuffer) is no parameter" + members
                                + "annotate a method that returns its array instead",
                        "ERROR Net.java:15:5: [statedict:BufferType] Net.h (byte[]) is no buffer" + members
                                + "make it int[], or drop the annotation",
                        "ERROR Net.java:16:5: [statedict:BufferType] Net.i (String) is no buffer" + members
                                + "annotate it with @ExtraState");
    }

    @ParameterizedTest
    @EnumSource
    void thatShowsACopyOfABufferByHandIsTold(EachCompiler compiler) {
        Stateful net = compiler.compile(directory, "example.Net", Compiled.inExample("""
                public class Net implements Stateful {
                    final java.nio.FloatBuffer w = java.nio.FloatBuffer.allocate(2);
                    public Net() {}
                    @Override
                    public void visitState(StateVisitor visitor) {
                        float[] copy = new float[2];
                        w.duplicate().get(copy);
                        visitor.parameter("w", copy);
                    }
                }
                """))
                .get();

        for (Policy policy : Policy.values()) {
            assertThatThrownBy(() -> net.loadStateDict(Map.of("w", Tensor.wrap(new float[] {5, 6}, 2)), policy))
                    .isInstanceOf(StateDictLoadException.class)
                    .hasMessageStartingWith("Error(s) in loading state_dict for Net:\n"
                            + "\tThe visitState of Net hands out a copy of \"w\" each time it is called, into which nothing can"
                            + " be loaded: tell the visitor what the module itself holds.");
        }
        assertThat(ModuleFields.get(net, "w")).isEqualTo(FloatBuffer.allocate(2));
    }
}
