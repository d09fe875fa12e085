package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.processor.model.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What looks as if it were to be saved, and is not, is told. */
class NoEntryTest {
    @Test
    void aModuleWithoutAnEntryIsWarnedOfWhereItHasWhatCouldBeWeights() {
        Refusal.of("""
                @StateModule
                /*here*/class Net implements NetState {
                    double[] b = {1};
                    float[][] w = {{1}};
                    float[] bias = {1};
                    java.nio.FloatBuffer embedding = java.nio.FloatBuffer.allocate(1);
                    Matrix hidden = new Matrix();
                    private List<double[]> rows;
                    double rate = 0.1;

                    static class Matrix { double[] data = {1}; }
                }
                """)
                .warns(
                        Diagnostic.NO_ENTRY,
                        "no state dict of Net has an entry, though it has double[] b, float[][] w, float[] bias, FloatBuffer"
                                + " embedding, Matrix hidden, List<double[]> rows, double rate; annotate what it learns with"
                                + " @Parameter or @Buffer, the class of what holds that with @StateModule, or write"
                                + " @SuppressWarnings(\"statedict\") on Net");
    }

    @Test
    void oneThatHasNothingOfTheKindOrAnEntryOrIsSilencedIsNot() {
        for (String source : new String[] {
            "class Net implements NetState { float forward(float x) { return Math.max(x, 0); } }",
            "class Net implements NetState { final int stride = 2; static float[] table; transient float[] cache; String s; }",
            "class Net implements NetState { @Transient double[] scratch; boolean training; char c; }",
            "record Net(int in, int out) implements NetState {}",
            "class Net implements NetState { @Parameter float[] w; double[] scratch; }",
            "class Net implements NetState { Runnable head; double[] scratch; }",
            "@SuppressWarnings(\"statedict\") class Net implements NetState { double[] scratch; }",
        }) {
            assertThat(Compiled.strictly(Compiled.inExample("@StateModule " + source))
                            .messages())
                    .as(source)
                    .isEmpty();
        }
    }

    @Test
    void aClassOfTheUsersOwnThatIsCalledTensorIsNamedInFull() {
        assertThat(Compiled.withOptions(
                                List.of(),
                                "package nn; public class Tensor { public float[] data; public int[] shape; }",
                                """
                package nn;
                import dev.statedict.*;
                @StateModule
                public class Dense implements DenseState { @Parameter Tensor weight; @Buffer Scale scale; }
                class Scale {}
                """)
                        .messages())
                .containsExactly(
                        "ERROR Dense.java:4:44: [statedict:ParameterType] Dense.weight (your own nn.Tensor) is no parameter, which is a Tensor, an"
                                + " AsTensor, or an array of float, double, int, long or boolean of any depth, or an Optional,"
                                + " a List, an array or a Map<String, ...> of these, or one such number; annotate nn.Tensor with @StateModule, what it holds with"
                                + " @Parameter, and drop the annotation here; or let it implement AsTensor",
                        "ERROR Dense.java:4:70: [statedict:BufferType] Dense.scale (Scale) is no buffer, which is a Tensor, an"
                                + " AsTensor, or an array of float, double, int, long or boolean of any depth, or an Optional,"
                                + " a List, an array or a Map<String, ...> of these, or one such number; annotate nn.Scale with @StateModule, what it holds with"
                                + " @Parameter, and drop the annotation here; or let it implement AsTensor");
    }

    @Test
    void soIsAnyOtherThatIsCalledAsATypeOfTheMessages() {
        assertThat(Compiled.withOptions(
                                List.of(),
                                "package nn; public class Optional<T> { public T value; }",
                                "package nn; public class List { public float[] data; }",
                                """
                package nn;
                import dev.statedict.*;
                import dev.statedict.tensor.Tensor;
                @StateModule
                public class Dense implements DenseState { @Parameter Optional<Tensor> weight; @Buffer List scale; Optional<Tensor> cache; }
                """)
                        .messages())
                .satisfiesExactly(
                        weight -> assertThat(weight)
                                .contains("Dense.weight (nn.Optional<Tensor>) is no parameter, which is a Tensor"),
                        scale -> assertThat(scale).contains("Dense.scale (your own nn.List) is no buffer"),
                        cache -> assertThat(cache)
                                .contains("no state dict can name what is in Dense.cache (nn.Optional<Tensor>)"));
    }

    @Test
    void aSerializableClassLeavesStateOutWithTheAnnotation() {
        Refusal.of("""
                @StateModule
                class Net implements NetState, java.io.Serializable {
                    private static final long serialVersionUID = 1;
                    Tensor /*here*/cache;
                }
                """)
                .says(
                        Diagnostic.LOST_STATE,
                        "no state dict would hold Net.cache (Tensor); annotate it with @Parameter or @Buffer, or leave it"
                                + " out with @Transient");
    }
}
