package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.processor.model.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would keep a dict of the locked class from loading is an error, where the change is. */
class LockTest {
    @TempDir
    private Path lock;

    @Test
    void aKeyThatIsGone() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    @Parameter Tensor bias;
                }
                """)
                .refuses("""
                @StateModule
                /*here*/class Net implements NetState {
                    @Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.LOCKED_KEY,
                        "the key \"bias\" (parameter) of Net is gone, and dicts that have it would not load; write @Parameter(formerly = \"bias\") on the field that has its values now, @Retired(\"bias\") on Net, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aSubmoduleThatIsGone() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    final Net head = null;
                    @Buffer Tensor mean;
                }
                """)
                .refuses("""
                @StateModule
                /*here*/class Net implements NetState {
                    @Buffer Tensor mean;
                }
                """)
                .says(
                        Diagnostic.LOCKED_KEY,
                        "the key \"head\" (submodule) of Net is gone, and dicts that have it would not load; write @Submodule(formerly = \"head\") on the field that has its values now, @Retired(\"head.*\") on Net, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void extraStateThatIsGone() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @ExtraState String text;
                }
                """)
                .refuses("""
                @StateModule
                /*here*/class Net implements NetState {}
                """)
                .says(
                        Diagnostic.LOCKED_KEY,
                        "the key \"_extra_state\" (extra state) of Net is gone, and dicts that have it would not load; write @Retired(\"_extra_state\") on Net, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aFieldThatWasRenamed() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor cv1;
                    @Parameter Tensor cv2;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter Tensor conv1;
                    @Parameter Tensor cv2;
                }
                """)
                .says(
                        Diagnostic.LOCKED_NAME,
                        "Net.conv1 has the key \"conv1\", and no field has \"cv1\" any more, which dicts of the locked Net have; write @Parameter(formerly = \"cv1\") on it if it was renamed, @Retired(\"cv1\") on Net if that is gone, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aKeyThatWasRenamedAndMoved() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Buffer Tensor mean;
                    @Parameter Tensor weight;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    /*here*/@Buffer("running_mean") Tensor mean;
                }
                """)
                .says(
                        Diagnostic.LOCKED_NAME,
                        "Net.mean has the key \"running_mean\", and no field has \"mean\" any more, which dicts of the locked Net have; write @Buffer(formerly = \"mean\") on it if it was renamed, @Retired(\"mean\") on Net if that is gone, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aSubmoduleThatWasRenamed() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    Net cv1;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    Net /*here*/conv1;
                }
                """)
                .says(
                        Diagnostic.LOCKED_NAME,
                        "Net.conv1 has the key \"conv1\", and no field has \"cv1\" any more, which dicts of the locked Net have; write @Submodule(formerly = \"cv1\") on it if it was renamed, @Retired(\"cv1.*\") on Net if that is gone, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void twoLockedMembersInOne() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    @Parameter Tensor kernel;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter(formerly = "kernel") Tensor weight;
                }
                """)
                .says(
                        Diagnostic.LOCKED_MERGE,
                        "Net.weight takes both \"weight\" and \"kernel\", and dicts of the locked class have both; leave it one of them, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aMemberThatIsNew() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    /*here*/@Parameter Tensor bias;
                }
                """)
                .says(
                        Diagnostic.LOCKED_ADDITION,
                        "Net.bias is new, and dicts of version 1 of Net lack its key \"bias\"; write addedIn = 2 on it and version = 2 on the class, so that the module keeps its own value, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aMemberThatIsNewerThanItSays() {
        Lock.of(lock, """
                @StateModule(version = 2)
                class Net implements NetState {
                    @Parameter Tensor weight;
                }
                """)
                .refuses("""
                @StateModule(version = 3)
                class Net implements NetState {
                    @Parameter Tensor weight;
                    /*here*/@Buffer(addedIn = 2) long steps;
                }
                """)
                .says(
                        Diagnostic.LOCKED_ADDITION,
                        "Net.steps is new, and dicts of version 2 of Net lack its key \"steps\"; write addedIn = 3 on it and version = 3 on the class, so that the module keeps its own value, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aBufferThatBecamePersistent() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Buffer(persistent = false) Tensor mask;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Buffer Tensor mask;
                }
                """)
                .says(
                        Diagnostic.LOCKED_ADDITION,
                        "Net.mask is new, and dicts of version 1 of Net lack its key \"mask\"; write addedIn = 2 on it and version = 2 on the class, so that the module keeps its own value, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aBufferThatIsNotPersistentAnyMore() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Buffer Tensor mask;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Buffer(persistent = false) Tensor mask;
                }
                """)
                .says(
                        Diagnostic.LOCKED_PERSISTENCE,
                        "Net.mask is not persistent any more, and dicts that have \"mask\" would not load; write @Retired(\"mask\") on Net, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aRoleThatChanged() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor scale;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Buffer Tensor scale;
                }
                """)
                .says(
                        Diagnostic.LOCKED_ROLE,
                        "Net.scale is a buffer, and was a parameter in the locked class; change it back, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aTypeWithOtherKeys() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter List<Tensor> scales;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter Map<String, Tensor> scales;
                }
                """)
                .says(
                        Diagnostic.LOCKED_TYPE,
                        "Net.scales is of type Map<String, Tensor>, and was of type List<Tensor> in the locked class, whose dicts do not fit; change it back, or let the migrate method of a new version bring old dicts over and accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aTensorThatBecameAContainer() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor scale;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter Tensor[] scale;
                }
                """)
                .says(
                        Diagnostic.LOCKED_TYPE,
                        "Net.scale is of type Tensor[], and was of type Tensor in the locked class, whose dicts do not fit; change it back, or let the migrate method of a new version bring old dicts over and accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aTensorThatBecameAnArray() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor scale;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter float[] scale;
                }
                """)
                .says(
                        Diagnostic.LOCKED_TYPE,
                        "Net.scale is of type float[], and was of type Tensor in the locked class, whose dicts do not fit; change it back, or let the migrate method of a new version bring old dicts over and accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aNumberThatHoldsLess() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Buffer long steps;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Buffer int steps;
                }
                """)
                .says(
                        Diagnostic.LOCKED_TYPE,
                        "Net.steps is of type int, and was of type long in the locked class, whose dicts do not fit; change it back, or let the migrate method of a new version bring old dicts over and accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void extraStateOfAnotherType() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @ExtraState String text;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@ExtraState Map<String, String> text;
                }
                """)
                .says(
                        Diagnostic.LOCKED_TYPE,
                        "Net.text is of type Map<String, String>, and was of type String in the locked class, whose dicts do not fit; change it back, or let the migrate method of a new version bring old dicts over and accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aSubmoduleOfAnotherClass() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    List<Parts.Left> parts;
                }
                """, """
                interface Parts {
                    @StateModule class Left implements Parts_LeftState {}
                    @StateModule class Right implements Parts_RightState {}
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    List<Parts.Right> /*here*/parts;
                }
                """, """
                interface Parts {
                    @StateModule class Left implements Parts_LeftState {}
                    @StateModule class Right implements Parts_RightState {}
                }
                """)
                .says(
                        Diagnostic.LOCKED_TYPE,
                        "Net.parts is of type List<Right> of example.Parts$Right, and was of type List<Left> of example.Parts$Left in the locked class, whose dicts do not fit; change it back, or let the migrate method of a new version bring old dicts over and accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aShapeWithAnotherDimension() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter(shape = {"out", "in"}) Tensor weight;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter(shape = {"out", "in", "kernel"}) Tensor weight;
                }
                """)
                .says(
                        Diagnostic.LOCKED_SHAPE,
                        "Net.weight has the shape [out, in, kernel], and had [out, in] in the locked class, whose dicts need not fit; change it back, or let the migrate method of a new version bring old dicts over and accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aShapeWhoseSizesBecameOne() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter(shape = {"out", "in"}) Tensor weight;
                    @Parameter(shape = "out") Tensor bias;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    @Parameter(shape = {"n", "m"}) Tensor weight;
                    /*here*/@Parameter(shape = "m") Tensor bias;
                }
                """)
                .says(
                        Diagnostic.LOCKED_SHAPE,
                        "Net.bias has the shape [m], which was [in], and had [out] in the locked class, whose dicts need not fit; change it back, or let the migrate method of a new version bring old dicts over and accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aSizeThatWasFree() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter(shape = "n") Tensor weight;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter(shape = "64") Tensor weight;
                }
                """)
                .says(
                        Diagnostic.LOCKED_SHAPE,
                        "Net.weight has the shape [64], and had [n] in the locked class, whose dicts need not fit; change it back, or let the migrate method of a new version bring old dicts over and accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aTieThatVanished() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    @TiedTo("weight") @Parameter Tensor output;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    /*here*/@Parameter Tensor output;
                }
                """)
                .says(
                        Diagnostic.LOCKED_TIE,
                        "Net.output was tied to \"weight\" in the locked class, and dicts that have only that key would not load; write @TiedTo(\"weight\") on it, or let the migrate method of a new version bring old dicts over and accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aMemberThatCannotBeAbsentAnyMore() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter Optional<Tensor> bias;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter Tensor bias;
                }
                """)
                .says(
                        Diagnostic.LOCKED_ABSENCE,
                        "Net.bias cannot be absent any more, and dicts without \"bias\" would not load; declare it @Nullable or Optional, write addedIn = 2 on it and version = 2 on the class, so that the module keeps its own value, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void anAdditionThatSaysLess() {
        Lock.of(lock, """
                @StateModule(version = 3)
                class Net implements NetState {
                    @Parameter(addedIn = 3) Tensor bias;
                }
                """)
                .refuses("""
                @StateModule(version = 3)
                class Net implements NetState {
                    /*here*/@Parameter(addedIn = 2) Tensor bias;
                }
                """)
                .says(
                        Diagnostic.LOCKED_ADDED_IN,
                        "Net.bias was added in version 2, and in version 3 of the locked class, so that dicts in between need not have it; write addedIn = 3, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aFormerKeyThatIsForgotten() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter(formerly = {"w", "kernel"}) Tensor weight;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter(formerly = "w") Tensor weight;
                }
                """)
                .says(
                        Diagnostic.LOCKED_FORMER_KEY,
                        "Net.weight was called \"kernel\" once, and dicts that call it so would not load; write formerly = \"kernel\" on it, @Retired(\"kernel\") on Net, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aFormerKeyOfAMemberThatIsRetired() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter(formerly = "w") Tensor weight;
                }
                """)
                .refuses("""
                @StateModule
                @Retired("weight")
                /*here*/class Net implements NetState {}
                """)
                .says(
                        Diagnostic.LOCKED_KEY,
                        "the key \"w\" (parameter) of Net is gone, and dicts that have it would not load; write @Parameter(formerly = \"w\") on the field that has its values now, @Retired(\"w\") on Net, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aRetiredKeyThatIsForgotten() {
        Lock.of(lock, """
                @StateModule
                @Retired({"position_*", "eps"})
                class Net implements NetState {}
                """)
                .refuses("""
                @StateModule
                @Retired({"position_?", "eps"})
                /*here*/class Net implements NetState {}
                """)
                .says(
                        Diagnostic.LOCKED_RETIRED,
                        "@Retired(\"position_*\") of Net is gone, and dicts that have such keys would not load; write it again, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aVersionThatWentBack() {
        Lock.of(lock, """
                @StateModule(version = 3)
                class Net implements NetState {}
                """)
                .refuses("""
                @StateModule(version = /*here*/2)
                class Net implements NetState {}
                """)
                .says(
                        Diagnostic.LOCKED_VERSION,
                        "the version of Net is 2, and was 3 in the locked class, whose dicts would be refused as those of a newer class; write version = 3, or more, or accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aSuperclassThatIsGone() {
        Lock.of(lock, """
                @StateModule
                class Net extends Base implements NetState {}
                """, """
                @StateModule class Base implements BaseState { @Parameter Tensor weight; }
                """)
                .refuses("""
                @StateModule
                /*here*/class Net implements NetState {}
                """, """
                @StateModule class Base implements BaseState { @Parameter Tensor weight; }
                """)
                .says(
                        Diagnostic.LOCKED_SUPERCLASS,
                        "the superclass of Net is no module, and was example.Base in the locked class, so that its dicts have other keys; change it back, or let the migrate method of a new version bring old dicts over and accept the change with -Astatedict.schema.update=true");
    }

    @Test
    void aMigrationHidesNoChange() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter(shape = {"out", "in"}) Tensor weight;
                }
                """)
                .refuses("""
                @StateModule(version = 2)
                class Net implements NetState {
                    /*here*/@Parameter(shape = {"in", "out", "1"}) Tensor weight;

                    static StateDict migrate(StateDict state, int version) {
                        return state;
                    }
                }
                """)
                .says(
                        Diagnostic.LOCKED_SHAPE,
                        "Net.weight has the shape [in, out, 1], and had [out, in] in the locked class, whose dicts need not fit;"
                                + " change it back, or let the migrate method of a new version bring old dicts over and accept the"
                                + " change with -Astatedict.schema.update=true");
    }

    @Test
    void eachChangeIsToldWhereItIs() {
        Lock committed = Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    @Buffer Tensor mean;
                    @Buffer Tensor mask;
                }
                """);

        assertThat(Compiled.withOptions(List.of(committed.option()), Compiled.inExample("""
                        @StateModule
                        class Net implements NetState {
                            @Parameter Tensor kernel;
                            @Buffer long mean;
                            @Buffer(persistent = false) Tensor mask;
                        }
                        """))
                        .messages())
                .hasSize(3)
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).startsWith("ERROR Net.java:9:5: [statedict:LockedName] "),
                        message -> assertThat(message).startsWith("ERROR Net.java:10:5: [statedict:LockedRole] "),
                        message ->
                                assertThat(message).startsWith("ERROR Net.java:11:5: [statedict:LockedPersistence] "));
    }
}
