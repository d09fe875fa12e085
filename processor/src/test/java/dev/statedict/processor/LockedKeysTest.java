package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.processor.model.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that dicts of the locked class have, or lack, so that they would not load, is an error where the change is. */
class LockedKeysTest {
    @TempDir
    private Path lock;

    @Test
    void aKeyThatIsGone() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                @Parameter Tensor bias;
                """)
                .refusesNet("""
                @Parameter Tensor weight;
                """)
                .says(
                        Diagnostic.LOCKED_KEY,
                        "the key \"bias\" (parameter) of Net is gone, and dicts that have it would not load; write @Parameter(formerly = \"bias\") on the field that has its values now, @Retired(\"bias\") on Net"
                                + Lock.ACCEPT);
    }

    @Test
    void aSubmoduleThatIsGone() {
        Lock.ofNet(lock, """
                final Net head = null;
                @Buffer Tensor mean;
                """)
                .refusesNet("""
                @Buffer Tensor mean;
                """)
                .says(
                        Diagnostic.LOCKED_KEY,
                        "the key \"head\" (submodule) of Net is gone, and dicts that have it would not load; write @Submodule(formerly = \"head\") on the field that has its values now, @Retired(\"head.*\") on Net"
                                + Lock.ACCEPT);
    }

    @Test
    void extraStateThatIsGone() {
        Lock.ofNet(lock, """
                @ExtraState String text;
                """)
                .refuses("""
                @StateModule
                /*here*/class Net implements NetState {}
                """)
                .says(
                        Diagnostic.LOCKED_KEY,
                        "the key \"_extra_state\" (extra state) of Net is gone, and dicts that have it would not load; write @Retired(\"_extra_state\") on Net"
                                + Lock.ACCEPT);
    }

    @Test
    void aFieldThatWasRenamed() {
        Lock.ofNet(lock, """
                @Parameter Tensor cv1;
                @Parameter Tensor cv2;
                """)
                .refusesNet("""
                /*here*/@Parameter Tensor conv1;
                @Parameter Tensor cv2;
                """)
                .says(
                        Diagnostic.LOCKED_NAME,
                        "Net.conv1 has the key \"conv1\", and no field has \"cv1\" any more, which dicts of the locked Net have; write @Parameter(formerly = \"cv1\") on it if it was renamed, @Retired(\"cv1\") on Net if that is gone"
                                + Lock.ACCEPT);
    }

    @Test
    void aKeyThatWasRenamedAndMoved() {
        Lock.ofNet(lock, """
                @Buffer Tensor mean;
                @Parameter Tensor weight;
                """)
                .refusesNet("""
                @Parameter Tensor weight;
                /*here*/@Buffer("running_mean") Tensor mean;
                """)
                .says(
                        Diagnostic.LOCKED_NAME,
                        "Net.mean has the key \"running_mean\", and no field has \"mean\" any more, which dicts of the locked Net have; write @Buffer(formerly = \"mean\") on it if it was renamed, @Retired(\"mean\") on Net if that is gone"
                                + Lock.ACCEPT);
    }

    @Test
    void aSubmoduleThatWasRenamed() {
        Lock.ofNet(lock, """
                Net cv1;
                """)
                .refusesNet("""
                Net /*here*/conv1;
                """)
                .says(
                        Diagnostic.LOCKED_NAME,
                        "Net.conv1 has the key \"conv1\", and no field has \"cv1\" any more, which dicts of the locked Net have; write @Submodule(formerly = \"cv1\") on it if it was renamed, @Retired(\"cv1.*\") on Net if that is gone"
                                + Lock.ACCEPT);
    }

    @Test
    void twoLockedMembersInOne() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                @Parameter Tensor kernel;
                """)
                .refusesNet("""
                /*here*/@Parameter(formerly = "kernel") Tensor weight;
                """)
                .says(
                        Diagnostic.LOCKED_MERGE,
                        "Net.weight takes both \"weight\" and \"kernel\", and dicts of the locked class have both; leave it one of them"
                                + Lock.ACCEPT);
    }

    @Test
    void aMemberThatIsNew() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                """)
                .refusesNet("""
                @Parameter Tensor weight;
                /*here*/@Parameter Tensor bias;
                """)
                .says(
                        Diagnostic.LOCKED_ADDITION,
                        "Net.bias is new, and dicts of version 1 of Net lack its key \"bias\"; write addedIn = 2 on it and version = 2 on the class, so that the module keeps its own value"
                                + Lock.ACCEPT);
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
                        "Net.steps is new, and dicts of version 2 of Net lack its key \"steps\"; write addedIn = 3 on it and version = 3 on the class, so that the module keeps its own value"
                                + Lock.ACCEPT);
    }

    @Test
    void aBufferThatBecamePersistent() {
        Lock.ofNet(lock, """
                @Buffer(persistent = false) Tensor mask;
                """)
                .refusesNet("""
                /*here*/@Buffer Tensor mask;
                """)
                .says(
                        Diagnostic.LOCKED_ADDITION,
                        "Net.mask is new, and dicts of version 1 of Net lack its key \"mask\"; write addedIn = 2 on it and version = 2 on the class, so that the module keeps its own value"
                                + Lock.ACCEPT);
    }

    @Test
    void aBufferThatIsNotPersistentAnyMore() {
        Lock.ofNet(lock, """
                @Buffer Tensor mask;
                """)
                .refusesNet("""
                /*here*/@Buffer(persistent = false) Tensor mask;
                """)
                .says(
                        Diagnostic.LOCKED_PERSISTENCE,
                        "Net.mask is not persistent any more, and dicts that have \"mask\" would not load; write @Retired(\"mask\") on Net"
                                + Lock.ACCEPT);
    }

    @Test
    void aMemberThatCannotBeAbsentAnyMore() {
        Lock.ofNet(lock, """
                @Parameter Optional<Tensor> bias;
                """)
                .refusesNet("""
                /*here*/@Parameter Tensor bias;
                """)
                .says(
                        Diagnostic.LOCKED_ABSENCE,
                        "Net.bias cannot be absent any more, and dicts without \"bias\" would not load; declare it @Nullable or Optional, write addedIn = 2 on it and version = 2 on the class, so that the module keeps its own value"
                                + Lock.ACCEPT);
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
                        "Net.bias was added in version 2, and in version 3 of the locked class, so that dicts in between need not have it; write addedIn = 3"
                                + Lock.ACCEPT);
    }

    @Test
    void aFormerKeyThatIsForgotten() {
        Lock.ofNet(lock, """
                @Parameter(formerly = {"w", "kernel"}) Tensor weight;
                """)
                .refusesNet("""
                /*here*/@Parameter(formerly = "w") Tensor weight;
                """)
                .says(
                        Diagnostic.LOCKED_FORMER_KEY,
                        "Net.weight was called \"kernel\" once, and dicts that call it so would not load; write formerly = \"kernel\" on it, @Retired(\"kernel\") on Net"
                                + Lock.ACCEPT);
    }

    @Test
    void aFormerKeyOfAMemberThatIsRetired() {
        Lock.ofNet(lock, """
                @Parameter(formerly = "w") Tensor weight;
                """)
                .refuses("""
                @StateModule
                @Retired("weight")
                /*here*/class Net implements NetState {}
                """)
                .says(
                        Diagnostic.LOCKED_KEY,
                        "the key \"w\" (parameter) of Net is gone, and dicts that have it would not load; write @Parameter(formerly = \"w\") on the field that has its values now, @Retired(\"w\") on Net"
                                + Lock.ACCEPT);
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
                        "@Retired(\"position_*\") of Net is gone, and dicts that have such keys would not load; write it again"
                                + Lock.ACCEPT);
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
                        "the version of Net is 2, and was 3 in the locked class, whose dicts would be refused as those of a newer class; write version = 3, or more"
                                + Lock.ACCEPT);
    }

    @Test
    void eachChangeIsToldWhereItIs() {
        Lock committed = Lock.ofNet(lock, """
                @Parameter Tensor weight;
                @Buffer Tensor mean;
                @Buffer Tensor mask;
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

    @Test
    void aFieldThatWasAskedMayHaveHeldAModule() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                Runnable head;
                """)
                .refusesNet("""
                @Parameter Tensor weight;
                """)
                .says(
                        Diagnostic.LOCKED_KEY,
                        "the key \"head\" (submodule) of Net is gone, and dicts that have it would not load; write @Submodule(formerly = \"head\") on the field that has its values now, @Retired(\"head.*\") on Net"
                                + Lock.ACCEPT);
    }
}
