package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.processor.model.Diagnostic;
import org.junit.jupiter.api.Test;

/** Keys are identity: what cannot be one, or is one already, is refused. */
class KeyTest {
    @Test
    void anEmptyKeyIsRefused() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(/*here*/"") Tensor weight;
                }
                """)
                .says(
                        Diagnostic.EMPTY_KEY,
                        "the key of Net.weight is empty; write a name, or leave it out for the field's own");
    }

    @Test
    void aDottedKeyIsRefused() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Submodule(/*here*/"encoder.layers") List<Net> layers;
                }
                """)
                .says(
                        Diagnostic.DOTTED_KEY,
                        "the key \"encoder.layers\" of Net.layers has a dot, which stands between a submodule and its members; write a"
                                + " name without one");
    }

    @Test
    void soIsOneThatBeginsOrEndsWithTheDot() {
        for (String key : new String[] {".weight", "weight."}) {
            Refusal.of("""
                    @StateModule
                    class Net implements NetState {
                        @Parameter(/*here*/"%s") Tensor weight;
                    }
                    """.formatted(key))
                    .says(
                            Diagnostic.DOTTED_KEY,
                            "the key \"" + key
                                    + "\" of Net.weight has a dot, which stands between a submodule and its members; write a"
                                    + " name without one");
        }
    }

    @Test
    void halfACharacterIsNoKey() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(/*here*/"a\\ud800") Tensor weight;
                }
                """)
                .says(
                        Diagnostic.UNENCODABLE_KEY,
                        "the key \"a\\ud800\" of Net.weight has a lone surrogate, half a character, which UTF-8 and so no file"
                                + " can hold; write another");
    }

    @Test
    void aReservedKeyIsRefused() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Buffer(value = /*here*/"__metadata__") Tensor weight;
                }
                """)
                .says(
                        Diagnostic.RESERVED_KEY,
                        "the key \"__metadata__\" of Net.weight is reserved; choose another name");
    }

    @Test
    void soIsAFieldOfAReservedName() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter Tensor _extra_state;
                }
                """)
                .says(
                        Diagnostic.RESERVED_KEY,
                        "the key \"_extra_state\" of Net._extra_state is reserved; choose another name");
    }

    @Test
    void twoMembersWithOneKeyAreRefused() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    @Parameter(/*here*/"weight") Tensor kernel;
                }
                """)
                .says(
                        Diagnostic.DUPLICATE_KEY,
                        "the key \"weight\" of Net.kernel is taken by Net.weight; give one of them another name");
    }

    @Test
    void aSubmoduleAndABufferThatIsNotSavedShareNoKeyEither() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Buffer(value = "block", persistent = false) Tensor scratch;
                    Net /*here*/block;
                }
                """)
                .says(
                        Diagnostic.DUPLICATE_KEY,
                        "the key \"block\" of Net.block is taken by Net.scratch; give one of them another name");
    }

    @Test
    void aKeyOfASuperclassIsTaken() {
        Refusal.of("""
                @StateModule
                class Base implements BaseState {
                    @Parameter Tensor weight;
                }
                """, """
                class Middle extends Base implements MiddleState {}
                """, """
                class Net extends Middle implements NetState {
                    /*here*/@Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.DUPLICATE_KEY,
                        "the key \"weight\" of Net.weight is taken by Base.weight, which it hides; drop it, or give one of"
                                + " them another name");
    }

    @Test
    void soIsOneOfAFieldOfAnotherName() {
        Refusal.of("""
                @StateModule
                class Base implements BaseState {
                    @Parameter("weight") Tensor kernel;
                }
                """, """
                class Net extends Base implements NetState {
                    /*here*/@Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.DUPLICATE_KEY,
                        "the key \"weight\" of Net.weight is taken by Base.kernel; give one of them another name");
    }

    @Test
    void aModuleHasOneExtraState() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @ExtraState String vocabulary;
                    /*here*/@ExtraState Map<String, String> settings;
                }
                """)
                .says(
                        Diagnostic.SECOND_EXTRA_STATE,
                        "Net.settings is extra state beside Net.vocabulary, and a module has one; put both into one"
                                + " Map<String, String>");
    }

    @Test
    void aKeyThatIsRefusedIsTakenByNobody() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(/*here*/"_extra_state") Tensor weight;
                    @ExtraState String text;
                }
                """)
                .says(
                        Diagnostic.RESERVED_KEY,
                        "the key \"_extra_state\" of Net.weight is reserved; choose another name");
    }

    @Test
    void norIsItWhereASuperclassWasRefusedIt() {
        Refusal.of("""
                @StateModule
                class Base implements BaseState {
                    @Parameter(/*here*/"_extra_state") Tensor weight;
                }
                """, """
                class Net extends Base implements NetState {
                    @ExtraState String text;
                }
                """)
                .says(
                        Diagnostic.RESERVED_KEY,
                        "the key \"_extra_state\" of Base.weight is reserved; choose another name");
    }

    @Test
    void aFieldThatIsNoMemberTakesNoKey() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    Tensor /*here*/weight;
                    @Parameter("weight") Tensor kernel;
                }
                """)
                .says(
                        Diagnostic.LOST_STATE,
                        "no state dict would hold Net.weight (Tensor); annotate it with @Parameter or @Buffer, or leave it"
                                + " out with transient");
    }

    @Test
    void theErrorsOfAClassStandInSourceOrder() {
        Compiled compiled = UserCompiler.lenient().compile(Compiled.inExample("""
                @StateModule
                class Net implements NetState {
                    @Parameter("a.b") Tensor dotted;
                    Tensor lost;
                    @Parameter String number;
                    @Buffer final long steps = 0;
                    @Parameter @Buffer Tensor both;
                }
                """));

        assertThat(compiled.messages().stream()
                        .map(message -> message.replaceAll("(?s).*\\[statedict:(\\w+)\\].*", "$1"))
                        .toList())
                .containsExactly("DottedKey", "LostState", "ParameterType", "Unassignable", "ConflictingAnnotations");
    }
}
