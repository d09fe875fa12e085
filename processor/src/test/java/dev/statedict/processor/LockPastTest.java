package dev.statedict.processor;

import dev.statedict.processor.model.Diagnostic;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a locked class remembered is not forgotten, and is not taken by another member. */
class LockPastTest {
    @TempDir
    private Path lock;

    @Test
    void aFormerKeyThatIsAnotherMembersKeyNow() {
        Lock.ofNet(lock, """
                @Parameter(formerly = "w") Tensor weight;
                """)
                .refuses("""
                @StateModule(version = 2)
                class Net implements NetState {
                    /*here*/@Parameter Tensor weight;
                    @Parameter(addedIn = 2) Tensor w;
                }
                """)
                .says(
                        Diagnostic.LOCKED_FORMER_KEY,
                        "Net.weight was called \"w\" once, and dicts that call it so would be loaded into Net.w; write formerly = \"w\" on it and another key for Net.w"
                                + Lock.ACCEPT);
    }

    @Test
    void aFormerKeyThatAnotherMemberClaimsNow() {
        Lock.ofNet(lock, """
                @Parameter(formerly = "w") Tensor weight;
                @Parameter Tensor bias;
                """)
                .refusesNet("""
                /*here*/@Parameter Tensor weight;
                @Parameter(formerly = "w") Tensor bias;
                """)
                .says(
                        Diagnostic.LOCKED_FORMER_KEY,
                        "Net.weight was called \"w\" once, and dicts that call it so would be loaded into Net.bias; write formerly = \"w\" on it and not on Net.bias"
                                + Lock.ACCEPT);
    }

    @Test
    void aRetiredKeyThatIsAnotherMembersKeyNow() {
        Lock.of(lock, """
                @StateModule
                @Retired("eps")
                class Net implements NetState {
                    @Parameter Tensor weight;
                }
                """)
                .refuses("""
                @StateModule(version = 2)
                /*here*/class Net implements NetState {
                    @Parameter Tensor weight;
                    @Buffer(addedIn = 2) Tensor eps;
                }
                """)
                .says(
                        Diagnostic.LOCKED_RETIRED,
                        "@Retired(\"eps\") of Net is gone, and dicts that have such keys would be loaded into Net.eps; write it again and another key for Net.eps"
                                + Lock.ACCEPT);
    }

    @Test
    void aMigrationThatIsGone() {
        Lock.of(lock, """
                @StateModule(version = 2)
                class Net implements NetState {
                    @Parameter Tensor weight;

                    static StateDict migrate(StateDict state, int version) {
                        return state;
                    }
                }
                """)
                .refuses("""
                @StateModule(version = 3)
                /*here*/class Net implements NetState {
                    @Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.LOCKED_MIGRATION,
                        "the method migrate of Net is gone, and dicts of versions before 2, which it brought over, would not load as they did; write it again"
                                + Lock.ACCEPT);
    }

    @Test
    void aMigrationThatIsNew() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                """).accepts("""
                @StateModule(version = 2)
                class Net implements NetState {
                    @Parameter Tensor weight;

                    static StateDict migrate(StateDict state, int version) {
                        return state;
                    }
                }
                """);
    }

    @Test
    void aMigrationOfTheSuperclassOfAClassThatAddsNothing() {
        Lock.of(lock, """
                class Net extends Base {}
                """, """
                @StateModule(version = 2)
                class Base implements BaseState {
                    @Parameter Tensor weight;

                    static StateDict migrate(StateDict state, int version) {
                        return state;
                    }
                }
                """)
                .refuses("""
                @StateModule(version = 2)
                /*here*/class Net extends Base implements NetState {}
                """, """
                @StateModule(version = 2)
                class Base implements BaseState {
                    @Parameter Tensor weight;

                    static StateDict migrate(StateDict state, int version) {
                        return state;
                    }
                }
                """)
                .says(
                        Diagnostic.LOCKED_MIGRATION,
                        "the method migrate of Net is gone, and dicts of versions before 2, which it brought over, would not load as they did; write it again"
                                + Lock.ACCEPT);
    }

    @Test
    void anArrayHasOneDimension() {
        Lock.ofNet(lock, """
                @Parameter float[] scale;
                @Parameter float[] shift;
                """)
                .refusesNet("""
                @Parameter(shape = "n") Tensor scale;
                /*here*/@Parameter(shape = {"n", "1"}) Tensor shift;
                """)
                .says(
                        Diagnostic.LOCKED_SHAPE,
                        "Net.shift has the shape [n, 1], and had [?] in the locked class, whose dicts need not fit; change it back"
                                + Lock.MIGRATE);
    }

    @Test
    void symbolsThatChangedPlaces() {
        Lock.ofNet(lock, """
                @Parameter(shape = {"out", "in"}) Tensor weight;
                @Parameter(shape = "out") Tensor bias;
                """)
                .refusesNet("""
                @Parameter(shape = {"in", "out"}) Tensor weight;
                /*here*/@Parameter(shape = "out") Tensor bias;
                """)
                .says(
                        Diagnostic.LOCKED_SHAPE,
                        "Net.bias has the shape [out], which was [in], and had [out] in the locked class, whose dicts need not fit; change it back"
                                + Lock.MIGRATE);
    }
}
