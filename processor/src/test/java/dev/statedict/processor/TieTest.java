package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Stateful;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code @TiedTo}: declared by the compiler's leave, checked when a dict is made. */
class TieTest {
    private static final String EMBEDDING = Compiled.inExample("""
            @StateModule
            public final class Embedding implements EmbeddingState {
                @Parameter Tensor weight;
                Embedding(Tensor weight) { this.weight = weight; }
            }
            """);

    private static Stateful model(String headWeight) {
        return Compiled.strictly(EMBEDDING, Compiled.inExample("""
                        @StateModule
                        public class Model implements ModelState {
                            final Embedding embed = new Embedding(Tensor.wrap(new float[] {1, 2}, 2));
                            @TiedTo("embed.weight") final Embedding head = new Embedding(%s);
                            @Parameter @TiedTo("embed.weight") Tensor output = embed.weight;

                            public Model() {}
                        }
                        """.formatted(headWeight)))
                .create(Stateful.class, "example.Model");
    }

    @Test
    void oneOfTheNamesIsEnoughToLoad() {
        Stateful model = model("embed.weight");

        model.loadStateDict(Map.of("head.weight", Tensor.wrap(new float[] {7, 8}, 2)));

        assertThat(model.stateDict().get("output").toArray()).containsExactly(7, 8);
        assertThat(model.stateDict().get("embed.weight"))
                .isSameAs(model.stateDict().get("head.weight"));
    }

    @Test
    void aTieThatDoesNotHoldIsToldWhenADictIsMade() {
        Stateful model = model("Tensor.zeros(2)");

        assertThatThrownBy(model::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "\"head.weight\" is declared as tied to \"embed.weight\" but is not: assign the same tensor to"
                                + " both");
    }

    @Test
    void aTieToNothingIsRefused() {
        for (String target : new String[] {
            "embedding.weight",
            "layers",
            "scale.weight",
            "_extra_state",
            "",
            "layers.",
            ".scale",
            "layers..x",
            "steps",
            "cache",
            "open",
            "scratch",
            "scratch.0"
        }) {
            Refusal.of("""
                    @StateModule
                    class Net implements NetState {
                        List<Net> layers;
                        @Parameter Tensor scale;
                        @ExtraState String text;
                        @Buffer long steps;
                        transient Tensor cache;
                        Object open;
                        @Buffer(persistent = false) List<Tensor> scratch;
                        @Parameter @TiedTo(/*here*/"%s") Tensor weight;
                    }
                    """.formatted(target))
                    .says(
                            Diagnostic.UNKNOWN_TIE,
                            "Net.weight is declared to be tied to \"" + target
                                    + "\", and Net has no such tensor; write the"
                                    + " other tensor's key as seen from Net, for example \"embed.weight\"");
        }
    }

    @Test
    void soIsOneToWhatASubmoduleHasThatIsNoTensor() {
        for (String target : new String[] {
            "block.steps", "block.scratch", "block._extra_state", "block.inner", "block.scales", "block.inner.steps"
        }) {
            Refusal.of("""
                    @StateModule
                    class Net implements NetState {
                        final Block block = new Block();
                        @Parameter @TiedTo(/*here*/"%s") Tensor weight;
                    }
                    """.formatted(target), """
                    @StateModule
                    class Block extends Base implements BlockState {
                        @Buffer(persistent = false) Tensor scratch;
                        @Parameter List<Tensor> scales;
                        @ExtraState String text;
                        Block inner;
                    }
                    """, """
                    @StateModule
                    class Base implements BaseState {
                        @Buffer long steps;
                    }
                    """)
                    .says(
                            Diagnostic.UNKNOWN_TIE,
                            "Net.weight is declared to be tied to \"" + target
                                    + "\", and Net has no such tensor; write the"
                                    + " other tensor's key as seen from Net, for example \"embed.weight\"");
        }
    }

    @Test
    void whatTheTypesOfSubmodulesDoNotTellIsLeftToTheModulesThatAreThere() {
        for (String target : new String[] {
            "block.bias",
            "block.scales.0",
            "block.more.weight",
            "open.steps",
            "blocks.0.steps",
            "block.maybe",
            "block.weight.x",
            "named.inner.steps"
        }) {
            assertThat(Compiled.strictly(
                                    Compiled.inExample("""
                            @StateModule
                            class Net implements NetState {
                                Block block;
                                List<Block> blocks;
                                Map<String, Block> named;
                                Object open;
                                @Parameter @TiedTo("%s") Tensor weight;
                            }
                            """.formatted(target)),
                                    Compiled.inExample("""
                            @StateModule
                            class Block implements BlockState {
                                @Parameter Tensor weight;
                                @Parameter List<Tensor> scales;
                                @Buffer long steps;
                                Object maybe;
                                Inner inner;
                            }
                            """),
                                    Compiled.inExample("""
                            @StateModule
                            class Inner implements InnerState {
                                @Buffer long steps;
                            }
                            """))
                            .messages())
                    .as(target)
                    .isEmpty();
        }
    }

    @Test
    void aTieToItselfIsRefused() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @TiedTo(/*here*/"block.weight") Net block;
                }
                """)
                .says(
                        Diagnostic.TIED_TO_ITSELF,
                        "Net.block is declared to be tied to itself; write the key of another tensor");
    }

    @Test
    void aTieOnWhatIsNoTensorIsRefused() {
        for (String field :
                new String[] {"int x", "@Buffer long x", "List<Net> x", "@Parameter Tensor[] x", "Tensor x"}) {
            String type = field.replaceAll("@\\w+ | x", "");
            Refusal.of("""
                    @StateModule
                    class Net implements NetState {
                        @Parameter Tensor weight;
                        @TiedTo(/*here*/"weight") %s;
                    }
                    """.formatted(field))
                    .says(
                            Diagnostic.TIED_TO_TYPE,
                            "Net.x (" + type
                                    + ") cannot be tied; @TiedTo is for a parameter or buffer that is a Tensor, an"
                                    + " array of numbers or an Optional<Tensor>, and for a submodule");
        }
    }

    @Test
    void aTieOfAFieldThatIsLeftOutIsRefused() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    @TiedTo("weight") transient Tensor /*here*/cache;
                }
                """)
                .says(
                        Diagnostic.CONFLICTING_ANNOTATIONS,
                        "Net.cache is declared to be @TiedTo and transient; keep one of them");
    }

    @Test
    void soIsOneOfAStaticField() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    @TiedTo("weight") static Tensor /*here*/shared;
                }
                """)
                .says(
                        Diagnostic.STATIC_FIELD,
                        "Net.shared is static, and a module's state is its own; drop static, or the annotation @TiedTo");
    }
}
