package dev.statedict.processor;

import dev.statedict.processor.model.Diagnostic;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class is held against its lock together with what it inherits, and each mistake is told once. */
class LockInheritanceTest {
    @TempDir
    private Path lock;

    @Test
    void aMemberThatMovedDownIsNothingNew() {
        Lock.of(lock, """
                @StateModule
                class Net extends Base implements NetState {}
                """, """
                @StateModule
                class Base implements BaseState {
                    @Parameter Tensor weight;
                }
                """)
                .refuses("""
                @StateModule
                class Net extends Base implements NetState {
                    @Parameter Tensor weight;
                }
                """, """
                @StateModule
                /*here*/class Base implements BaseState {}
                """)
                .says(
                        Diagnostic.LOCKED_KEY,
                        "the key \"weight\" (parameter) of Base is gone, and dicts that have it would not load; write @Parameter(formerly = \"weight\") on the field that has its values now, @Retired(\"weight\") on Base"
                                + Lock.ACCEPT);
    }

    @Test
    void aMemberThatMovedUpMayBeInBothLocks() {
        String base = """
                @StateModule(version = 2)
                class Base implements BaseState {
                    @Parameter(addedIn = 2) Tensor weight;
                }
                """;
        Lock committed = Lock.of(lock, """
                @StateModule
                class Net extends Base implements NetState {
                    @Parameter Tensor weight;
                }
                """, """
                @StateModule
                class Base implements BaseState {}
                """);
        committed.update(base);

        committed.accepts("""
                @StateModule(version = 2)
                class Net extends Base implements NetState {}
                """, base);
    }

    @Test
    void aSuperclassMayAddWhatDictsOfTheClassCannotHaveYet() {
        Lock.of(lock, """
                @StateModule
                class Net extends Base implements NetState {}
                """, """
                @StateModule
                class Base implements BaseState {}
                """).accepts("""
                @StateModule(version = 2)
                class Net extends Base implements NetState {}
                """, """
                @StateModule(version = 2)
                class Base implements BaseState {
                    @Parameter(addedIn = 2) Tensor bias;
                }
                """);
    }

    @Test
    void aSuperclassAddsNothingInAVersionThatTheClassHasAlready() {
        Lock.of(lock, """
                @StateModule(version = 2)
                class Net extends Base implements NetState {}
                """, """
                @StateModule
                class Base implements BaseState {}
                """)
                .refuses("""
                @StateModule(version = 2)
                /*here*/class Net extends Base implements NetState {}
                """, """
                @StateModule(version = 2)
                class Base implements BaseState {
                    @Parameter(addedIn = 2) Tensor bias;
                }
                """)
                .says(
                        Diagnostic.LOCKED_ADDITION,
                        "Base.bias is new, and dicts of version 2 of Net lack its key \"bias\"; write addedIn = 3 on it and version = 3 on the class, so that the module keeps its own value"
                                + Lock.ACCEPT);
    }

    @Test
    void aSuperclassRequiresNothingInAVersionThatTheClassHasAlready() {
        Lock.of(lock, """
                @StateModule(version = 2)
                class Net extends Base implements NetState {}
                """, """
                @StateModule
                class Base implements BaseState {
                    @Parameter Optional<Tensor> bias;
                }
                """)
                .refuses("""
                @StateModule(version = 2)
                /*here*/class Net extends Base implements NetState {}
                """, """
                @StateModule(version = 2)
                class Base implements BaseState {
                    @Parameter(addedIn = 2) Tensor bias;
                }
                """)
                .says(
                        Diagnostic.LOCKED_ABSENCE,
                        "Base.bias cannot be absent any more, and dicts without \"bias\" would not load; declare it @Nullable or Optional, write addedIn = 3 on it and version = 3 on the class, so that the module keeps its own value"
                                + Lock.ACCEPT);
    }

    @Test
    void whatASuperclassAddsUndeclaredIsToldThereAlone() {
        Lock.of(lock, """
                @StateModule
                class Net extends Middle implements NetState {}
                """, """
                @StateModule
                class Middle extends Base implements MiddleState {}
                """, """
                @StateModule
                class Base implements BaseState {}
                """)
                .refuses("""
                @StateModule
                class Net extends Middle implements NetState {}
                """, """
                @StateModule
                class Middle extends Base implements MiddleState {}
                """, """
                @StateModule
                class Base implements BaseState {
                    /*here*/@Parameter Tensor bias;
                }
                """)
                .says(
                        Diagnostic.LOCKED_ADDITION,
                        "Base.bias is new, and dicts of version 1 of Base lack its key \"bias\"; write addedIn = 2 on it and version = 2 on the class, so that the module keeps its own value"
                                + Lock.ACCEPT);
    }

    @Test
    void theSymbolsOfASuperclassAreTheClasssToo() {
        Lock.of(lock, """
                @StateModule
                class Net extends Base implements NetState {
                    @Parameter(shape = "n") Tensor bias;
                }
                """, """
                @StateModule
                class Base implements BaseState {
                    @Parameter(shape = {"out", "in"}) Tensor weight;
                }
                """)
                .refuses("""
                @StateModule
                class Net extends Base implements NetState {
                    /*here*/@Parameter(shape = "out") Tensor bias;
                }
                """, """
                @StateModule
                class Base implements BaseState {
                    @Parameter(shape = {"out", "in"}) Tensor weight;
                }
                """)
                .says(
                        Diagnostic.LOCKED_SHAPE,
                        "Net.bias has the shape [out], and had [n] in the locked class, whose dicts need not fit; change it back"
                                + Lock.MIGRATE);
    }
}
