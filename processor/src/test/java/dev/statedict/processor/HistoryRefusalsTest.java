package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.processor.model.Diagnostic;
import org.junit.jupiter.api.Test;

/** A past that contradicts itself, or the present, is refused. */
class HistoryRefusalsTest {
    @Test
    void aVersionBelowOne() {
        Refusal.of("""
                @StateModule(version = /*here*/0)
                class Net implements NetState {}
                """).says(Diagnostic.VERSION_BELOW_ONE, "the version of Net is 0; versions begin with 1");
    }

    @Test
    void anAdditionBelowVersionOne() {
        Refusal.of("""
                @StateModule(version = 2)
                class Net implements NetState {
                    @Parameter(addedIn = /*here*/0) Tensor weight;
                }
                """)
                .says(Diagnostic.VERSION_BELOW_ONE, "the version that added Net.weight is 0; versions begin with 1");
    }

    @Test
    void anAdditionInAVersionToCome() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(addedIn = /*here*/2) Tensor weight;
                }
                """)
                .says(
                        Diagnostic.ADDED_IN_VERSION,
                        "Net.weight was added in version 2, and the version of Net is 1; raise that with @StateModule(version ="
                                + " 2), or write an addedIn between 1 and 1");
    }

    @Test
    void anInheritedAdditionThatTheSubclassIsTooOldFor() {
        Refusal.of("""
                @StateModule(version = 3)
                class Base implements BaseState {
                    @Parameter(addedIn = 2) Tensor weight;
                    @Parameter(addedIn = 3) Tensor bias;
                }
                """, """
                @StateModule(version = /*here*/2)
                class Net extends Base implements NetState {}
                """)
                .says(
                        Diagnostic.INHERITED_VERSION,
                        "Net inherits Base.bias, added in version 3, and its own version is 2, for versions are not inherited;"
                                + " write @StateModule(version = 3), or more, on Net");
    }

    @Test
    void aMigrationWithoutAVersion() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    static Map<String, Tensor> /*here*/migrate(StateDict state, int version) {
                        return state;
                    }
                }
                """)
                .says(
                        Diagnostic.MIGRATION_WITHOUT_VERSION,
                        "nothing calls the method migrate of Net, for there is no version before 1; write @StateModule(version ="
                                + " 2), or give the method another name");
    }

    @Test
    void aMigrationThatGeneratedCodeCannotCall() {
        Refusal.of("""
                @StateModule(version = 2)
                class Net implements NetState {
                    private Map<String, Object> /*here*/migrate(StateDict state, int version) throws java.io.IOException {
                        return null;
                    }
                }
                """)
                .says(
                        Diagnostic.MIGRATION_SIGNATURE,
                        "the method migrate of Net is not static and is private and returns Map<String, Object> and throws"
                                + " IOException, and so cannot bring state to version 2; write \"static Map<String, Tensor>"
                                + " migrate(StateDict state, int version)\"");
    }

    @Test
    void aMigrationWithOtherParameters() {
        Refusal.of("""
                @StateModule(version = 2)
                class Net implements NetState {
                    static Map<String, Tensor> /*here*/migrate(Map<String, Tensor> state) {
                        return state;
                    }
                }
                """)
                .says(
                        Diagnostic.MIGRATION_SIGNATURE,
                        "the method migrate of Net takes Map<String, Tensor>, and so cannot bring state to version 2; write"
                                + " \"static Map<String, Tensor> migrate(StateDict state, int version)\"");
    }

    @Test
    void aFormerKeyWithADot() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(formerly = {"w", /*here*/"block.weight"}) Tensor weight;
                }
                """)
                .says(
                        Diagnostic.FORMER_KEY_NAME,
                        "the former key \"block.weight\" of Net.weight is no name of one member; write the name that stood"
                                + " between the dots, and for what moved between modules a migrate method");
    }

    @Test
    void aFormerKeyThatIsNoName() {
        for (String former : new String[] {"", ".weight", "weight."}) {
            Refusal.of("""
                    @StateModule
                    class Net implements NetState {
                        @Parameter(formerly = /*here*/"%s") Tensor weight;
                    }
                    """.formatted(former))
                    .says(
                            Diagnostic.FORMER_KEY_NAME,
                            "the former key \"" + former
                                    + "\" of Net.weight is no name of one member; write the name that stood between the"
                                    + " dots, and for what moved between modules a migrate method");
        }
    }

    @Test
    void aFormerKeyThatNoFileCanHold() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(formerly = /*here*/"\\udc00") Tensor weight;
                }
                """)
                .says(
                        Diagnostic.UNENCODABLE_KEY,
                        "the former key \"\\udc00\" of Net.weight has a lone surrogate, half a character, which UTF-8 and so no"
                                + " file can hold; write another");
    }

    @Test
    void aFormerKeyThatAnotherMemberHasNow() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(formerly = /*here*/"bias") Tensor weight;
                    @Parameter Tensor bias;
                }
                """)
                .says(
                        Diagnostic.FORMER_KEY_LIVE,
                        "the former key \"bias\" of Net.weight is the key of Net.bias now, and a dict that has it cannot tell"
                                + " which is meant; drop it, or tell the versions apart in a migrate method");
    }

    @Test
    void aFormerKeyThatTheMemberStillHas() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(formerly = /*here*/"weight") Tensor weight;
                }
                """)
                .says(
                        Diagnostic.FORMER_KEY_LIVE,
                        "the former key \"weight\" of Net.weight is the key of the same field now, and a dict that has it cannot"
                                + " tell which is meant; drop it, or tell the versions apart in a migrate method");
    }

    @Test
    void aFormerKeyThatASuperclassHas() {
        Refusal.of("""
                @StateModule
                class Base implements BaseState {
                    @Parameter Tensor weight;
                }
                """, """
                class Net extends Base implements NetState {
                    @Parameter(formerly = /*here*/"weight") Tensor kernel;
                }
                """)
                .says(
                        Diagnostic.FORMER_KEY_LIVE,
                        "the former key \"weight\" of Net.kernel is the key of Base.weight now, and a dict that has it cannot"
                                + " tell which is meant; drop it, or tell the versions apart in a migrate method");
    }

    @Test
    void aKeyThatASuperclassRemembers() {
        Refusal.of("""
                @StateModule
                class Base implements BaseState {
                    @Parameter(formerly = "weight") Tensor kernel;
                }
                """, """
                class Net extends Base implements NetState {
                    /*here*/@Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.FORMER_KEY_LIVE,
                        "the former key \"weight\" of Base.kernel is the key of Net.weight now, and a dict that has it cannot"
                                + " tell which is meant; drop it, or tell the versions apart in a migrate method");
    }

    @Test
    void twoClaimsOnOneFormerKey() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(formerly = "w") Tensor weight;
                    @Parameter(formerly = /*here*/"w") Tensor kernel;
                }
                """)
                .says(
                        Diagnostic.FORMER_KEY_TAKEN,
                        "the former key \"w\" of Net.kernel is also claimed by Net.weight; leave it to the one that has its"
                                + " values");
    }

    @Test
    void aFormerKeyThatASuperclassClaims() {
        Refusal.of("""
                @StateModule
                class Base implements BaseState {
                    @Parameter(formerly = "w") Tensor weight;
                }
                """, """
                class Net extends Base implements NetState {
                    @Parameter(formerly = /*here*/"w") Tensor kernel;
                }
                """)
                .says(
                        Diagnostic.FORMER_KEY_TAKEN,
                        "the former key \"w\" of Net.kernel is also claimed by Base.weight; leave it to the one that has its"
                                + " values");
    }

    @Test
    void aFormerKeyThatIsRetired() {
        Refusal.of("""
                @StateModule
                @Retired("w")
                class Net implements NetState {
                    @Parameter(formerly = /*here*/"w") Tensor weight;
                }
                """)
                .says(
                        Diagnostic.FORMER_KEY_TAKEN,
                        "the former key \"w\" of Net.weight is also claimed by @Retired of Net; leave it to the one that has its"
                                + " values");
    }

    @Test
    void aFormerKeyThatASuperclassHasRetired() {
        Refusal.of("""
                @StateModule
                @Retired("w")
                class Base implements BaseState {}
                """, """
                class Net extends Base implements NetState {
                    @Parameter(formerly = /*here*/"w") Tensor weight;
                }
                """)
                .says(
                        Diagnostic.FORMER_KEY_TAKEN,
                        "the former key \"w\" of Net.weight is also claimed by @Retired of Base; leave it to the one that has"
                                + " its values");
    }

    @Test
    void aRetiredKeyThatIsThere() {
        Refusal.of("""
                @StateModule
                @Retired({"position_ids", /*here*/"w*"})
                class Net implements NetState {
                    @Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.RETIRED_KEY_LIVE,
                        "@Retired(\"w*\") of Net would drop \"weight\", which Net has; write a pattern that spares it, or drop"
                                + " this one");
    }

    @Test
    void aRetiredKeyThatASuperclassHas() {
        Refusal.of("""
                @StateModule
                class Base implements BaseState {
                    @Parameter Tensor weight;
                }
                """, """
                @StateModule
                @Retired(/*here*/"w*")
                class Net extends Base implements NetState {}
                """)
                .says(
                        Diagnostic.RETIRED_KEY_LIVE,
                        "@Retired(\"w*\") of Net would drop \"weight\", which Net has; write a pattern that spares it, or drop"
                                + " this one");
    }

    @Test
    void aFormerKeyThatIsWrittenTwice() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(formerly = {"w", /*here*/"w"}) Tensor weight;
                }
                """)
                .says(Diagnostic.FORMER_KEY_TWICE, "the former key \"w\" of Net.weight is written twice; drop one");
    }

    @Test
    void aRetiredKeyThatIsEmpty() {
        Refusal.of("""
                @StateModule
                @Retired(/*here*/"")
                class Net implements NetState {
                    @Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.RETIRED_EMPTY,
                        "@Retired(\"\") of Net names no key, for no key is empty; write a key or a pattern, or drop it");
    }

    @Test
    void aRetiredKeyThatNoFileCanHold() {
        Refusal.of("""
                @StateModule
                @Retired(/*here*/"a*\\ud83d")
                class Net implements NetState {
                    @Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.UNENCODABLE_KEY,
                        "@Retired(\"a*\\ud83d\") of Net has a lone surrogate, half a character, which UTF-8 and so no file can"
                                + " hold; write another");
    }

    @Test
    void aRetiredKeyThatASubmoduleHas() {
        Refusal.of("""
                @StateModule
                class Block implements BlockState {
                    @Parameter Tensor weight;
                }
                """, """
                @StateModule
                @Retired(/*here*/"blocks.*.weight")
                class Net implements NetState {
                    List<Block[]> blocks = List.of();
                }
                """)
                .says(
                        Diagnostic.RETIRED_KEY_LIVE,
                        "@Retired(\"blocks.*.weight\") of Net would drop \"blocks.0.0.weight\", which Net has; write a pattern"
                                + " that spares it, or drop this one");
    }

    @Test
    void aRetiredSubmoduleThatIsThere() {
        Refusal.of("""
                @StateModule
                @Retired(/*here*/"block.*")
                class Net implements NetState {
                    Stateful block;
                }
                """)
                .says(
                        Diagnostic.RETIRED_KEY_LIVE,
                        "@Retired(\"block.*\") of Net would drop \"block.*\", which Net has; write a pattern that spares it, or"
                                + " drop this one");
    }

    @Test
    void aKeyThatASuperclassHasRetired() {
        Refusal.of("""
                @StateModule
                @Retired("w*")
                class Base implements BaseState {}
                """, """
                class Net extends Base implements NetState {
                    /*here*/@Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.RETIRED_KEY_LIVE,
                        "@Retired(\"w*\") of Base would drop \"weight\", which Net has; write a pattern that spares it, or drop"
                                + " this one");
    }

    @Test
    void retiredKeysOfAClassThatIsNoModule() {
        Refusal.of("""
                @Retired(/*here*/"weight")
                class Net {}
                """)
                .says(
                        Diagnostic.RETIRED_OUTSIDE,
                        "@Retired stands on Net, which is no module; annotate it with @StateModule, or drop it");
    }

    @Test
    void aSizeThatIsNoSize() {
        for (String size : new String[] {"2 * in", "", "-1", "+1", "1.5"}) {
            Refusal.of("""
                    @StateModule
                    class Net implements NetState {
                        @Parameter(shape = /*here*/{"out", "%s"}) Tensor weight;
                    }
                    """.formatted(size))
                    .says(
                            Diagnostic.SHAPE_SIZE,
                            "\"" + size
                                    + "\" in the shape of Net.weight is neither a size nor a symbol; write a number, or a name"
                                    + " that stands for one size throughout the module");
        }
    }

    @Test
    void aShapeThatAnArrayCannotHave() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(shape = /*here*/{"out", "in"}) float[] weight = {};
                }
                """)
                .says(
                        Diagnostic.SHAPE_TYPE,
                        "Net.weight (float[]) cannot have the shape [out, in]; an array has one dimension: write one size");
    }

    @Test
    void aShapeOfAContainer() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter(shape = /*here*/"4") List<Tensor> scales;
                }
                """)
                .says(
                        Diagnostic.SHAPE_TYPE,
                        "Net.scales (List<Tensor>) cannot have the shape [4]; only a field that holds one tensor has a shape:"
                                + " drop it");
    }

    @Test
    void aShapeOfANumber() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Buffer(shape = /*here*/"4") long steps;
                }
                """)
                .says(
                        Diagnostic.SHAPE_TYPE,
                        "Net.steps (long) cannot have the shape [4]; a number has no dimensions: drop it");
    }

    @Test
    void aPastOfWhatNoDictHas() {
        Refusal.of("""
                @StateModule(version = 2)
                class Net implements NetState {
                    /*here*/@Buffer(persistent = false, formerly = "tmp", addedIn = 2) Tensor scratch;
                }
                """)
                .says(
                        Diagnostic.HISTORY_WITHOUT_KEY,
                        "Net.scratch is not persistent, so that no dict has it; drop formerly and addedIn from its annotation,"
                                + " or persistent = false");
    }

    @Test
    void whatContradictsNothingIsNone() {
        assertThat(Compiled.strictly(Compiled.inExample("""
                        @StateModule(version = 3)
                        @Retired({"opt*", "logits"})
                        class Base implements BaseState {
                            @Parameter(addedIn = 3, formerly = {"head", "scratch"}, shape = {"0", "12", "in"}) Tensor weight;
                            @Buffer(persistent = false) Tensor scratch;
                            @Buffer(persistent = false) Tensor logits;
                            Object head;
                            Object optimizer;
                        }
                        """), Compiled.inExample("""
                        @StateModule(version = 3)
                        class Net extends Base implements NetState {
                            @Parameter Tensor bias;
                            @Submodule("inner") Stateful optimizer;
                        }
                        """))
                        .messages())
                .isEmpty();
    }
}
