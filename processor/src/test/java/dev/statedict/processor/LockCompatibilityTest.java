package dev.statedict.processor;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dict of the locked class loads into keeps the lock. */
class LockCompatibilityTest {
    @TempDir
    private Path lock;

    @Test
    void aClassAsItWas() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                """).acceptsNet("""
                @Parameter Tensor weight;
                """);
    }

    @Test
    void fieldsInAnotherOrder() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                @Buffer Tensor mean;
                Net head;
                """).acceptsNet("""
                Net head;
                @Buffer Tensor mean;
                @Parameter Tensor weight;
                """);
    }

    @Test
    void aFieldOfAnotherNameWithTheSameKey() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                """).acceptsNet("""
                @Parameter("weight") Tensor kernel;
                """);
    }

    @Test
    void declaredRenamings() {
        Lock.ofNet(lock, """
                @Parameter Tensor w;
                @Parameter List<Tensor> s;
                Net cv1;
                Net[] bs;
                """).acceptsNet("""
                @Parameter(formerly = {"w", "kernel"}) Tensor weight;
                @Parameter(formerly = "s") List<Tensor> scales;
                @Submodule(formerly = "cv1") Net conv;
                @Submodule(formerly = "bs") Net[] blocks;
                """);
    }

    @Test
    void retiredKeys() {
        Lock.ofNet(lock, """
                @Parameter Tensor position_ids;
                @Buffer long step;
                Net head;
                @Parameter Tensor[] scales;
                @ExtraState String text;
                """).accepts("""
                @StateModule
                @Retired({"position_*", "ste?", "head.*", "scales.*", "_extra_state"})
                class Net implements NetState {}
                """);
    }

    @Test
    void anAdditionOfALaterVersion() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                """).accepts("""
                @StateModule(version = 2)
                class Net implements NetState {
                    @Parameter Tensor weight;
                    @Parameter(addedIn = 2) Tensor bias;
                    @Buffer(addedIn = 2) long steps;
                    @Submodule(addedIn = 2) Net head;
                    @ExtraState(addedIn = 2) String text;
                    @Buffer(persistent = false) Tensor mask;
                }
                """);
    }

    @Test
    void whatMayBeAbsentNow() {
        Lock.ofNet(lock, """
                @Parameter Tensor bias;
                Net head;
                """).acceptsNet("""
                @Parameter Optional<Tensor> bias;
                Optional<Net> head;
                """);
    }

    @Test
    void anArrayThatBecameATensor() {
        Lock.ofNet(lock, """
                @Parameter float[] scale;
                """).acceptsNet("""
                @Parameter Tensor scale;
                """);
    }

    @Test
    void aTensorOfOneDimensionThatBecameAnArray() {
        Lock.ofNet(lock, """
                @Parameter(shape = "n") Tensor scale;
                """).acceptsNet("""
                @Parameter float[] scale;
                """);
    }

    @Test
    void anotherContainerWithTheSameKeys() {
        Lock.ofNet(lock, """
                @Parameter List<Tensor> scales;
                ArrayList<Net[]> grid;
                Map<String, List<Net>> named;
                """).acceptsNet("""
                @Parameter Tensor[] scales;
                List<List<Net>> grid;
                TreeMap<String, Optional<Net>[]> named;
                """);
    }

    @Test
    void aContainerOfTheSameUnknownModules() {
        Lock.ofNet(lock, """
                List<? extends Stateful> blocks;
                """).acceptsNet("""
                List<Stateful> blocks;
                """);
    }

    @Test
    void aNumberThatHoldsMore() {
        Lock.ofNet(lock, """
                @Buffer boolean ready;
                @Buffer int steps;
                @Buffer float rate;
                @Buffer int seen;
                @Parameter float[] weight;
                @Buffer int[] ids;
                @Parameter float scale;
                """).acceptsNet("""
                @Buffer int ready;
                @Buffer long steps;
                @Buffer double rate;
                @Buffer double seen;
                @Parameter double[] weight;
                @Buffer long[] ids;
                @Parameter Tensor scale;
                """);
    }

    @Test
    void anArrayOfArraysOfTheShapeOfATensorAndBack() {
        Lock.ofNet(lock, """
                @Parameter(shape = {"out", "in"}) Tensor weight;
                @Parameter double[][] rows;
                @Parameter List<Tensor> layers;
                """).acceptsNet("""
                @Parameter(shape = {"out", "in"}) double[][] weight;
                @Parameter Tensor rows;
                @Parameter List<Tensor> layers;
                """);
    }

    @Test
    void aShapeThatAdmitsMore() {
        Lock.ofNet(lock, """
                @Parameter(shape = {"out", "64", "3"}) Tensor weight;
                @Parameter(shape = "out") Tensor bias;
                @Parameter Tensor gain;
                """).acceptsNet("""
                @Parameter(shape = {"n", "in", "3"}) Tensor weight;
                @Parameter(shape = "n") Tensor bias;
                @Parameter(shape = "n") Tensor gain;
                """);
    }

    @Test
    void aTieThatIsNew() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                @Parameter Tensor output;
                """).acceptsNet("""
                @Parameter Tensor weight;
                @TiedTo("weight") @Parameter Tensor output;
                """);
    }

    @Test
    void aBufferThatIsRetiredAndNotPersistentAnyMore() {
        Lock.ofNet(lock, """
                @Buffer Tensor mask;
                """).accepts("""
                @StateModule
                @Retired("mask")
                class Net implements NetState {
                    @Buffer(persistent = false) Tensor mask;
                }
                """);
    }

    @Test
    void aBufferThatNoDictHad() {
        Lock.ofNet(lock, """
                @Buffer(persistent = false) Tensor mask;
                """).accepts("""
                @StateModule
                class Net implements NetState {}
                """);
    }

    @Test
    void anAdditionThatIsOlderThanItSaid() {
        Lock.of(lock, """
                @StateModule(version = 3)
                class Net implements NetState {
                    @Parameter(addedIn = 2) Tensor bias;
                }
                """).accepts("""
                @StateModule(version = 3)
                class Net implements NetState {
                    @Parameter(addedIn = 3) Tensor bias;
                }
                """);
    }

    @Test
    void aPastThatIsRetiredMoreWidely() {
        Lock.of(lock, """
                @StateModule
                @Retired({"position_ids", "eps"})
                class Net implements NetState {
                    @Parameter(formerly = "w") Tensor weight;
                }
                """).accepts("""
                @StateModule(version = 2)
                @Retired({"w", "pos*"})
                class Net implements NetState {
                    @Parameter Tensor weight;
                    @Parameter(formerly = "eps", addedIn = 2) Tensor epsilon;
                }
                """);
    }

    @Test
    void aMemberThatMovedToTheSuperclass() {
        Lock.of(lock, """
                @StateModule
                class Net extends Base implements NetState {
                    @Parameter Tensor weight;
                }
                """, """
                @StateModule class Base implements BaseState {}
                """).accepts("""
                @StateModule(version = 2)
                class Net extends Base implements NetState {}
                """, """
                @StateModule(version = 2) class Base implements BaseState { @Parameter(addedIn = 2) Tensor weight; }
                """);
    }

    @Test
    void whatIsThereFromALaterVersionOn() {
        Lock.ofNet(lock, """
                @Parameter Optional<Tensor> bias;
                """).accepts("""
                @StateModule(version = 2)
                class Net implements NetState {
                    @Parameter(addedIn = 2) Tensor bias;
                }
                """);
    }

    @Test
    void aFieldThatIsAsked() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                """).acceptsNet("""
                @Parameter Tensor weight;
                Object anything;
                List<Runnable> layers;
                """);
    }

    @Test
    void aFieldThatIsAskedOfAnotherTypeThatTellsNothing() {
        Lock.ofNet(lock, """
                Object head;
                List<Runnable> layers;
                """).acceptsNet("""
                Runnable head;
                Object layers;
                """);
    }
}
