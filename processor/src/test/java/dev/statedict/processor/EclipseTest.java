package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Policy;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eclipse's batch compiler, on the class path, generates what javac generates, and it runs. */
class EclipseTest {
    @TempDir
    Path directory;

    private void hasKeys(List<String> keys, String... members) throws Exception {
        String[] sources = members.clone();
        for (int i = 0; i < sources.length; i++) {
            sources[i] = Compiled.inExample(sources[i]);
        }
        EclipseCompiled eclipse = EclipseCompiled.in(directory, List.of(), sources);
        assertThat(eclipse.errors()).isEmpty();
        assertThat(eclipse.generated()).isEqualTo(generatedByJavac(sources));

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {eclipse.output().toUri().toURL()}, EclipseTest.class.getClassLoader())) {
            Stateful net = (Stateful)
                    loader.loadClass("example.Net").getDeclaredConstructor().newInstance();
            assertThat(net.stateDict().keySet()).containsExactlyElementsOf(keys);
            Map<String, Tensor> ones = new LinkedHashMap<>();
            net.stateDict().forEach((key, tensor) -> {
                ones.put(key, Tensor.zeros(tensor.shape()));
                ones.get(key).fill(1);
            });
            net.loadStateDict(ones, Policy.COPY);
            assertThat(net.stateDict().values())
                    .allSatisfy(tensor -> assertThat(tensor.toArray()).containsOnly(1));
        }
    }

    private static Map<String, String> generatedByJavac(String[] sources) {
        Map<String, String> generated = new LinkedHashMap<>();
        Compiled.strictly(sources)
                .allGenerated()
                .forEach((path, text) -> generated.put(path.replaceFirst("^/SOURCE_OUTPUT/", ""), text));
        return generated;
    }

    @Test
    void aPlainModule() throws Exception {
        hasKeys(List.of("weight", "bias", "mean", "steps"), """
                @StateModule(loadStateDict = Policy.ALIAS)
                public final class Net implements NetState {
                    @Parameter Tensor weight = Tensor.zeros(2);
                    @Parameter float[] bias = {0};
                    @Buffer Tensor mean = Tensor.zeros(1);
                    @Buffer long steps;
                    transient Tensor cache;
                    public Net() {}
                }
                """);
    }

    @Test
    void aClassCalledExtraNamesItsInterfaceInFull() {
        String source = Compiled.inExample("""
                @StateModule
                class Extra implements ExtraState {
                    @Parameter Tensor weight;
                }
                """);

        assertThat(EclipseCompiled.in(directory, List.of(), source).errors())
                .as("the compiler takes the simple name for the annotation's, which the source imports")
                .contains("Extra.java:8: [statedict:MissingInterface] Extra must declare \"implements"
                        + " example.ExtraState\", which is generated for it");
        assertThat(EclipseCompiled.in(
                                directory,
                                List.of(),
                                source.replace("implements ExtraState", "implements example.ExtraState"))
                        .errors())
                .isEmpty();
    }

    @Test
    void containersAndGenerics() throws Exception {
        hasKeys(List.of("scales.0", "child.w", "grid.0.0.w", "named.a.w"), """
                @StateModule
                public class Net implements NetState {
                    @Parameter final List<Tensor> scales = new ArrayList<>(List.of(Tensor.zeros(1)));
                    Box<Leaf> child = new Box<>();
                    List<List<? extends Leaf>> grid = List.of(List.of(new Leaf()));
                    Map<String, Leaf[]> none = Map.of();
                    Map<String, Leaf> named = Map.of("a", new Leaf());
                    Optional<Stateful> absent = Optional.empty();
                    public Net() {}
                }
                """, """
                @StateModule
                class Box<T extends Leaf> implements BoxState {
                    T content;
                    @Parameter("w") Tensor weight = Tensor.zeros(1);
                }
                """, """
                @StateModule
                class Leaf implements LeafState {
                    @Parameter("w") Tensor weight = Tensor.zeros(1);
                }
                """);
    }

    @Test
    void recordsAndNestedClasses() throws Exception {
        hasKeys(List.of("pair.first", "pair.second", "inner.bias"), """
                @StateModule
                public class Net implements NetState {
                    final Pair pair = new Pair(Tensor.zeros(1), Tensor.zeros(1));
                    final Inner<String> inner = new Inner<>();
                    public Net() {}

                    @StateModule
                    record Pair(@Parameter Tensor first, @Buffer Tensor second) implements Net_PairState {
                        Pair {
                            Objects.requireNonNull(first);
                        }
                    }

                    @StateModule
                    class Inner<T> implements Net_InnerState {
                        @Parameter Tensor bias = Tensor.zeros(1);
                    }
                }
                """);
    }

    @Test
    void inheritance() throws Exception {
        hasKeys(List.of("hidden", "weight"), """
                public class Net extends Middle implements NetState {
                    @Parameter Tensor weight = Tensor.zeros(1);
                    public Net() {}
                }
                """, "non-sealed class Middle extends Base {}", """
                @StateModule
                abstract sealed class Base implements BaseState permits Middle {
                    @Parameter Tensor hidden = Tensor.zeros(1);
                }
                """);
    }

    @Test
    void fieldsThatAreAsked() throws Exception {
        hasKeys(List.of("layers.1.w", "any.weight", "head.w"), """
                @StateModule
                public class Net<T> implements NetState {
                    final List<Layer> layers = List.of(() -> {}, new Leaf());
                    Object any = new Holder();
                    private Layer head = new Leaf();
                    @SuppressWarnings("unchecked") T none = (T) "none";
                    public Net() {}
                    public Layer getHead() { return head; }

                    @StateModule
                    record Holder(@Parameter Tensor weight) implements Net_HolderState {
                        Holder() { this(Tensor.zeros(1)); }
                    }
                }
                """, "interface Layer { void forward(); }", """
                @StateModule
                class Leaf implements Layer, LeafState {
                    @Parameter("w") Tensor weight = Tensor.zeros(1);
                    public void forward() {}
                }
                """);
    }

    @Test
    void accessorsAndSetters() throws Exception {
        hasKeys(List.of("weight", "steps"), """
                @StateModule
                public class Net implements NetState {
                    @Parameter private Tensor weight = Tensor.zeros(1);
                    @Buffer private int steps;
                    public Net() {}

                    public Tensor getWeight() { return weight; }
                    public void setWeight(Tensor weight) { this.weight = weight; }
                    public int steps() { return steps; }
                    public void setSteps(int steps) { this.steps = steps; }
                }
                """);
    }

    @Test
    void theComponentsOfARecordInTheirOrder() throws Exception {
        hasKeys(List.of("layers.zeta", "layers.alpha", "layers.mid"), """
                @StateModule
                public class Net implements NetState {
                    final Layers layers = new Layers(Tensor.zeros(1), Tensor.zeros(2), Tensor.zeros(3));
                    public Net() {}
                }
                """, """
                @StateModule
                public record Layers(@Parameter Tensor zeta, @Parameter Tensor alpha, @Buffer Tensor mid)
                        implements LayersState {}
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                @StateModule
                public class Net implements NetState {
                    @Parameter private float[] w = {1, 2};
                    float[] getW() { return w.clone(); }
                    void setW(float[] w) { this.w = w.clone(); }
                }
                """, """
                @StateModule
                public record Net(@Parameter float[] w) implements NetState {
                    public Net() { this(new float[] {1}); }
                    @Override public float[] w() { return w.clone(); }
                }
                """})
    void anAccessorThatCopiesIsFoundOut(String source) throws Exception {
        EclipseCompiled eclipse = EclipseCompiled.in(directory, List.of(), Compiled.inExample(source));
        assertThat(eclipse.errors()).isEmpty();

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {eclipse.output().toUri().toURL()}, EclipseTest.class.getClassLoader())) {
            Stateful net = (Stateful)
                    loader.loadClass("example.Net").getDeclaredConstructor().newInstance();
            for (Policy policy : Policy.values()) {
                assertThatThrownBy(() -> net.loadStateDict(net.stateDict(Policy.COPY), policy))
                        .isInstanceOf(StateDictLoadException.class)
                        .hasMessageContaining(" hands out a copy of \"w\" each time it is called");
            }
        }
    }

    @Test
    void aSubclassWithoutTheAnnotationIsAModuleToo() throws Exception {
        Path library = EclipseCompiled.in(directory.resolve("library"), List.of(), Compiled.inExample("""
                        @StateModule
                        public class Base implements BaseState {
                            @Parameter Tensor weight = Tensor.zeros(1);
                        }
                        """))
                .output();
        List<String> onClassPath =
                List.of("-cp", library + java.io.File.pathSeparator + System.getProperty("java.class.path"));

        assertThat(EclipseCompiled.in(directory, onClassPath, Compiled.inExample("""
                                class Net extends Base {
                                    @Buffer Tensor mean;
                                }
                                """))
                        .errors())
                .containsExactly(
                        "Net.java:7: [statedict:MissingInterface] Net must declare \"implements NetState\", which is"
                                + " generated for it");
        assertThat(EclipseCompiled.in(
                                directory,
                                onClassPath,
                                Compiled.inExample("""
                                class Net extends Base {
                                    final Base fc = new Base();
                                }
                                """),
                                Compiled.inExample("@StateModule class Other implements OtherState {}"))
                        .errors())
                .containsExactly(
                        "Net.java:7: [statedict:MissingInterface] Net must declare \"implements NetState\", which is"
                                + " generated for it");
    }
}
