package dev.statedict.processor;

import dev.statedict.processor.model.Diagnostic;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tie that a lock has holds on, whatever its ends are called and whichever of them declares it. */
class LockTieTest {
    @TempDir
    private Path lock;

    @Test
    void followsTheNamesOfBothEnds() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                @TiedTo("weight") @Parameter Tensor output;
                """).acceptsNet("""
                @Parameter(formerly = "weight") Tensor kernel;
                @TiedTo("kernel") @Parameter(formerly = "output") Tensor head;
                """);
    }

    @Test
    void followsTheNameOfASubmodule() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    Block embed;
                    @TiedTo("embed.weight") @Parameter Tensor output;
                    @TiedTo("embed.weight") Block head;
                }
                """, """
                @StateModule
                class Block implements BlockState {
                    @Parameter Tensor weight;
                }
                """).accepts("""
                @StateModule
                class Net implements NetState {
                    @Submodule(formerly = "embed") Block embedding;
                    @TiedTo("embedding.weight") @Parameter Tensor output;
                    @TiedTo("embedding.weight") Block head;
                }
                """, """
                @StateModule
                class Block implements BlockState {
                    @Parameter Tensor weight;
                }
                """);
    }

    @Test
    void followsTheNamesBelowSubmodules() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    Block embed;
                    @TiedTo("embed.weight") @Parameter Tensor output;
                    @TiedTo("embed.weight") Block head;
                }
                """, """
                @StateModule
                class Block implements BlockState {
                    @Parameter Tensor weight;
                }
                """).accepts("""
                @StateModule
                class Net implements NetState {
                    @Submodule(formerly = "embed") Block embedding;
                    @TiedTo("embedding.kernel") @Parameter Tensor output;
                    @TiedTo("embedding.kernel") @Submodule(formerly = "head") Block top;
                }
                """, """
                @StateModule
                class Block implements BlockState {
                    @Parameter(formerly = "weight") Tensor kernel;
                }
                """);
    }

    @Test
    void mayBeDeclaredOnTheOtherEnd() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                @TiedTo("weight") @Parameter Tensor output;
                """).acceptsNet("""
                @TiedTo("output") @Parameter Tensor weight;
                @Parameter Tensor output;
                """);
    }

    @Test
    void mayGoThroughAThirdTensor() {
        Lock.ofNet(lock, """
                @Parameter Tensor a;
                @TiedTo("a") @Parameter Tensor b;
                @TiedTo("a") @Parameter Tensor c;
                """).acceptsNet("""
                @TiedTo("c") @Parameter Tensor a;
                @TiedTo("c") @Parameter Tensor b;
                @Parameter Tensor c;
                """);
    }

    @Test
    void isNamedAsItIsNow() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                @TiedTo("weight") @Parameter Tensor output;
                """)
                .refusesNet("""
                @Parameter(formerly = "weight") Tensor kernel;
                /*here*/@Parameter Tensor output;
                """)
                .says(
                        Diagnostic.LOCKED_TIE,
                        "Net.output was tied to \"weight\" in the locked class, and dicts that have only that key would not load; write @TiedTo(\"kernel\") on it"
                                + Lock.MIGRATE);
    }

    @Test
    void ofSubmodulesVanishesToo() {
        Lock.of(lock, """
                @StateModule
                class Net implements NetState {
                    Block embed;
                    @TiedTo("embed.weight") Block head;
                }
                """, """
                @StateModule
                class Block implements BlockState {
                    @Parameter Tensor weight;
                }
                """)
                .refuses("""
                @StateModule
                class Net implements NetState {
                    Block embed;
                    Block /*here*/head;
                }
                """, """
                @StateModule
                class Block implements BlockState {
                    @Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.LOCKED_TIE,
                        "Net.head was tied to \"embed.weight\" in the locked class, and dicts that have only that key would not load; write @TiedTo(\"embed.weight\") on it"
                                + Lock.MIGRATE);
    }
}
