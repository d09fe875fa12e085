package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Stateful;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several rounds, with another processor that generates what a module needs, or a module. */
class RoundsTest {
    private static final String NET = Compiled.inExample("""
            @StateModule
            public class Net extends GeneratedBase implements NetState {
                final GeneratedLinear fc = new GeneratedLinear();
                final List<GeneratedLinear> layers = List.of(new GeneratedLinear());
                final Optional<? extends Map<String, GeneratedLinear[]>> deep = Optional.empty();
                GeneratedNumber number;
                public Net() {}
            }
            """);
    private static final String LINEAR = Compiled.inExample("""
            @StateModule
            public class GeneratedLinear implements GeneratedLinearState {
                @Parameter Tensor weight = Tensor.zeros(1);
            }
            """);
    private static final String BASE = Compiled.inExample("""
            @StateModule
            public class GeneratedBase implements GeneratedBaseState {
                @Buffer long steps;
            }
            """);
    private static final String CONSTANTS = Compiled.inExample("""
            public interface Constants {
                String KEY = "w";
                String FORMER = "former";
                String OLD = "old";
                String OURS = "statedict";
                int VERSION = 3;
            }
            """);
    private static final String LAYER = Compiled.inExample("""
            public interface GeneratedLayer extends Stateful {
                @Override default StateDict stateDict(Policy policy) { return StateDict.of(Map.of()); }
            }
            """);
    private static final String NUMBER = Compiled.inExample("public class GeneratedNumber {}");

    private static final String WITHOUT_A_TYPE = Compiled.inExample("""
            @StateModule
            public class Net implements NetState {
                @Parameter Tensor weight;
                Missing missing;
            }
            """);

    // javac runs a processor when an annotation is left for it
    private static final String TRIGGER = "@FunctionalInterface interface Trigger { void run(); }";

    /** Generates one source file in each round. */
    @SupportedAnnotationTypes("java.lang.FunctionalInterface")
    private static final class Generator extends AbstractProcessor {
        private final Iterator<String> sources;

        Generator(String... sources) {
            this.sources = List.of(sources).iterator();
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (!round.processingOver() && sources.hasNext()) {
                String source = sources.next();
                String name = Compiled.path(source).replace(".java", "").replace('/', '.');
                try (Writer writer =
                        processingEnv.getFiler().createSourceFile(name).openWriter()) {
                    writer.write(source);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return false;
        }
    }

    private static Compiled compile(Generator generator, String... sources) {
        String[] withTrigger = Arrays.copyOf(sources, sources.length + 1);
        withTrigger[sources.length] = TRIGGER;
        return UserCompiler.lenient().withProcessor(generator).compile(withTrigger);
    }

    @Test
    void aModuleWaitsForItsSuperclassAndForTheTypesOfItsFields() {
        Compiled compiled = compile(new Generator(LINEAR, BASE, NUMBER), NET);

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.create(Stateful.class, "example.Net").stateDict().keySet())
                .containsExactly("steps", "fc.weight", "layers.0.weight");
    }

    @Test
    void soDoesAClassThatInheritsTheAnnotation() {
        Compiled compiled = compile(new Generator(BASE), Compiled.inExample("""
                public class Net extends GeneratedBase implements NetState {
                    @Parameter Tensor weight = Tensor.zeros(1);
                    public Net() {}
                }
                """));

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.create(Stateful.class, "example.Net").stateDict().keySet())
                .containsExactly("weight", "steps");
    }

    @Test
    void theOrderInWhichTheyComeDoesNotMatter() {
        assertThat(compile(new Generator(NUMBER, BASE, LINEAR), NET)
                        .allGenerated()
                        .get("/SOURCE_OUTPUT/example/NetState.java"))
                .isEqualTo(compile(new Generator(LINEAR, BASE, NUMBER), NET)
                        .allGenerated()
                        .get("/SOURCE_OUTPUT/example/NetState.java"));
    }

    @Test
    void aModuleThatIsItselfGeneratedIsHeldToItsInterface() {
        Compiled compiled = compile(new Generator(LINEAR.replace(" implements GeneratedLinearState", "")));

        assertThat(compiled.messages())
                .containsExactly(
                        "ERROR GeneratedLinear.java:8:8: [statedict:MissingInterface] GeneratedLinear must declare"
                                + " \"implements GeneratedLinearState\", which is generated for it");
    }

    @Test
    void theGeneratedInterfacesAreTypesOfFieldsToo() {
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                @StateModule
                public class Tree implements TreeState {
                    @Parameter Tensor weight = Tensor.zeros(1);
                    TreeState left;
                    List<LeafState> leaves = List.of(new Leaf());
                    Named named;
                    public Tree() {}

                    interface Named extends LeafState {}
                }
                """), Compiled.inExample("""
                @StateModule
                public class Leaf implements LeafState {
                    @Parameter Tensor weight = Tensor.zeros(1);
                    TreeState tree;
                }
                """));

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.create(Stateful.class, "example.Tree").stateDict().keySet())
                .containsExactly("weight", "leaves.0.weight");
        assertThat(compiled.generated("example.TreeState")).contains("visitor.submodule(\"named\", self.named);");
    }

    @Test
    void aClassWaitsForConstants() {
        Compiled compiled = compile(new Generator(LINEAR, CONSTANTS), Compiled.inExample("""
                @StateModule(version = Constants.VERSION)
                @Retired(Constants.OLD)
                public class Net implements NetState {
                    @Parameter(Constants.KEY) Tensor weight = Tensor.zeros(1);
                    @Parameter(formerly = {"a", Constants.FORMER}, addedIn = Constants.VERSION) Tensor bias = Tensor.zeros(1);
                    @TiedTo(Constants.KEY) @Buffer Tensor mean = weight;
                    public Net() {}
                }
                """));

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.generated("example.NetState"))
                .contains(
                        "visitor.version(3);",
                        "visitor.retired(\"old\");",
                        "visitor.tensorParameter(\"w\", self.weight);",
                        "visitor.formerly(\"bias\", \"former\");",
                        "visitor.addedIn(\"bias\", 3);",
                        "visitor.tiedTo(\"mean\", \"w\");");
    }

    @Test
    void soDoesAMethodThatIsAMember() {
        keysOf(new Generator(NUMBER, CONSTANTS), List.of("w"), """
                @StateModule
                public class Net implements NetState {
                    private final Tensor weight = Tensor.zeros(1);
                    @Parameter(Constants.KEY) Tensor shown() { return weight; }
                    @SuppressWarnings(Constants.OURS) Tensor accepted;
                    public Net() {}
                }
                """.replace(
                        "Tensor weight = Tensor.zeros(1)", "transient Tensor weight = Tensor.zeros(1)"));
    }

    @Test
    void soDoesWhatSilencesAWarning() {
        keysOf(new Generator(NUMBER, CONSTANTS), List.of("weight"), """
                @StateModule
                @SuppressWarnings({"unused", Constants.OURS})
                public class Net extends Plain implements NetState {
                    @Parameter Tensor weight = Tensor.zeros(1);
                    public Net() {}
                }
                """, "class Plain { Tensor lost; }");
    }

    @Test
    void aClassWaitsForItsInterfacesWhichMayOverrideWhatIsGenerated() {
        String override =
                "[statedict:DefaultContract] Net has stateDict(Policy) from the interface GeneratedLayer, which"
                        + " would take the place of what the generated NetState inherits; give the method another name there";

        assertThat(compile(new Generator(NUMBER, LAYER), Compiled.inExample("""
                                @StateModule
                                class Net implements NetState, GeneratedLayer {
                                    @Parameter Tensor weight;
                                }
                                """))
                        .messages())
                .containsExactly("ERROR Net.java:8:1: " + override);
        assertThat(compile(
                                new Generator(NUMBER, LAYER),
                                Compiled.inExample("""
                                @StateModule
                                class Net implements NetState, Layer {
                                    @Parameter Tensor weight;
                                }
                                """),
                                Compiled.inExample("interface Layer extends GeneratedLayer {}"))
                        .messages())
                .containsExactly("ERROR Net.java:8:1: " + override);
    }

    @Test
    void aClassWaitsForWhatItBindsATypeVariableOfItsSuperclassTo() {
        Compiled compiled = compile(
                new Generator(NUMBER, LINEAR),
                Compiled.inExample("""
                        @StateModule
                        class Net extends Sequence<GeneratedLinear> implements NetState {
                            @Parameter Tensor weight;
                        }
                        """),
                Compiled.inExample("class Sequence<M> { M head; }"));

        assertThat(compiled.messages())
                .containsExactly(
                        "ERROR Net.java:8:1: [statedict:StrayState] no state dict of Net would hold Sequence.head"
                                + " (GeneratedLinear), whose class is no module; annotate that with @StateModule, or accept the loss"
                                + " with @SuppressWarnings(\"statedict\") on Net");
    }

    @Test
    void aClassWaitsForTheSuperclassOfTheTypeOfAField() {
        keysOf(
                new Generator(NUMBER, BASE),
                List.of("weight", "block.steps"),
                """
                @StateModule
                public class Net implements NetState {
                    @Parameter Tensor weight = Tensor.zeros(1);
                    Block block = new Block();
                    public Net() {}
                }
                """,
                "class Block extends GeneratedBase {}");
    }

    @Test
    void orForAnInterfaceOrATypeArgumentOfIt() {
        keysOf(
                new Generator(NUMBER, LINEAR),
                List.of("blocks.0.weight", "named.weight"),
                """
                @StateModule
                public class Net implements NetState {
                    Blocks blocks = new Blocks();
                    Named named = blocks.get(0);
                    public Net() {}
                }
                """,
                "class Blocks extends ArrayList<Block> { Blocks() { add(new Block()); } }",
                "class Block extends GeneratedLinear implements Named {}",
                "interface Named extends GeneratedLinearState {}");
    }

    @Test
    void orForWhatAListClassHolds() {
        keysOf(
                new Generator(NUMBER, LINEAR),
                List.of("w", "blocks.0.weight"),
                """
                @StateModule
                public class Net implements NetState {
                    @Parameter Tensor w = Tensor.zeros(2);
                    final Blocks blocks = new Blocks();
                    public Net() {}
                }
                """,
                "class Blocks extends ArrayList<GeneratedLinear> { Blocks() { add(new GeneratedLinear()); } }");
    }

    @Test
    void orForABound() {
        keysOf(
                new Generator(NUMBER, LINEAR),
                List.of("blocks.0.weight"),
                """
                @StateModule
                public class Net implements NetState {
                    List<? extends Block> blocks = List.of(new Block());
                    public Net() {}
                }
                """,
                "class Block extends GeneratedLinear {}");
    }

    @Test
    void aSubclassWaitsWithItsSuperclass() {
        Compiled compiled = compile(new Generator(LINEAR), Compiled.inExample("""
                        @StateModule
                        class Base implements BaseState {
                            final GeneratedLinear fc = new GeneratedLinear();
                        }
                        """), Compiled.inExample("""
                        @StateModule
                        class Net extends Base implements NetState {
                            @Parameter("fc") Tensor weight;
                        }
                        """));

        assertThat(compiled.messages())
                .containsExactly(
                        "ERROR Net.java:9:16: [statedict:DuplicateKey] the key \"fc\" of Net.weight is taken by"
                                + " Base.fc; give one of them another name");
    }

    @Test
    void aClassMayTurnOutToBeAModule() {
        Compiled compiled = compile(new Generator(BASE), LINEAR, Compiled.inExample("""
                class Net extends GeneratedBase {
                    final GeneratedLinear fc = new GeneratedLinear();
                }
                """));

        assertThat(compiled.messages())
                .containsExactly(
                        "ERROR Net.java:7:1: [statedict:MissingInterface] Net must declare \"implements NetState\","
                                + " which is generated for it");
    }

    private static void keysOf(Generator generator, List<String> keys, String... sources) {
        Compiled compiled = compile(
                generator, Arrays.stream(sources).map(Compiled::inExample).toArray(String[]::new));

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.create(Stateful.class, "example.Net").stateDict().keySet())
                .containsExactlyElementsOf(keys);
    }

    @Test
    void aTypeThatNeverComesIsTheCompilersToTell() {
        assertThat(UserCompiler.lenient().compile(WITHOUT_A_TYPE).messages())
                .containsExactly(
                        """
                        ERROR Net.java:8:29: cannot find symbol
                          symbol: class NetState""",
                        """
                        ERROR Net.java:10:5: cannot find symbol
                          symbol:   class Missing
                          location: class example.Net""",
                        "WARNING File for type 'example.NetState' created in the last round will not be subject to annotation"
                                + " processing.");
    }

    @Test
    void toEclipseItIsTheOnlyError(@TempDir Path directory) {
        assertThat(EclipseCompiled.in(directory, List.of(), WITHOUT_A_TYPE).errors())
                .containsExactly("Net.java:10: Missing cannot be resolved to a type");
    }

    @Test
    void anInterfaceThatNeverComesIsToo() {
        String source = Compiled.inExample("""
                @StateModule
                class Net implements NetSate {
                    @Parameter Tensor weight;
                }
                """);

        assertThat(UserCompiler.lenient().compile(source).messages())
                .containsExactly(
                        """
                        ERROR Net.java:8:22: cannot find symbol
                          symbol: class NetSate""",
                        "WARNING File for type 'example.NetState' created in the last round will not be subject to annotation"
                                + " processing.");
    }

    @Test
    void aFieldThatIsNoStateIsNotWaitedFor() {
        Compiled compiled = UserCompiler.lenient().compile(Compiled.inExample("""
                @StateModule
                public class Net implements NetState {
                    @Parameter Tensor weight;
                    transient Missing missing;
                }
                """));

        assertThat(compiled.messages()).containsExactly("""
                ERROR Net.java:10:15: cannot find symbol
                  symbol:   class Missing
                  location: class example.Net""");
    }
}
