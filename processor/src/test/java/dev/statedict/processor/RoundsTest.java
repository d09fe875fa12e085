package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Stateful;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
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
    private static final String NUMBER = Compiled.inExample("public class GeneratedNumber {}");

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
    void aTypeThatNeverComesIsTheCompilersToTell() {
        Compiled compiled = UserCompiler.lenient().compile(Compiled.inExample("""
                @StateModule
                public class Net implements NetState {
                    @Parameter Tensor weight;
                    Missing missing;
                }
                """));

        assertThat(compiled.messages()).containsExactly("""
                ERROR Net.java:8:29: cannot find symbol
                  symbol: class NetState""", """
                ERROR Net.java:10:5: cannot find symbol
                  symbol:   class Missing
                  location: class example.Net""");
    }
}
