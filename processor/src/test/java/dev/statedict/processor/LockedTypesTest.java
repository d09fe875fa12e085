package dev.statedict.processor;

import dev.statedict.processor.model.Diagnostic;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member that dicts of the locked class would not fit is an error where the change is. */
class LockedTypesTest {
    @TempDir
    private Path lock;

    @Test
    void aRoleThatChanged() {
        Lock.ofNet(lock, """
                @Parameter Tensor scale;
                """)
                .refusesNet("""
                /*here*/@Buffer Tensor scale;
                """)
                .says(
                        Diagnostic.LOCKED_ROLE,
                        "Net.scale is a buffer, and was a parameter in the locked class; change it back" + Lock.ACCEPT);
    }

    @Test
    void aTypeWithOtherKeys() {
        Lock.ofNet(lock, """
                @Parameter List<Tensor> scales;
                """)
                .refusesNet("""
                /*here*/@Parameter Map<String, Tensor> scales;
                """)
                .says(
                        Diagnostic.LOCKED_TYPE,
                        "Net.scales is of type Map<String, Tensor>, and was of type List<Tensor> in the locked class, whose dicts do not fit; change it back"
                                + Lock.MIGRATE);
    }

    @Test
    void aTensorThatBecameAContainer() {
        Lock.ofNet(lock, """
                @Parameter Tensor scale;
                """)
                .refusesNet("""
                /*here*/@Parameter Tensor[] scale;
                """)
                .says(
                        Diagnostic.LOCKED_TYPE,
                        "Net.scale is of type Tensor[], and was of type Tensor in the locked class, whose dicts do not fit; change it back"
                                + Lock.MIGRATE);
    }

    @Test
    void aTensorThatBecameAnArray() {
        Lock.ofNet(lock, """
                @Parameter Tensor scale;
                """)
                .refusesNet("""
                /*here*/@Parameter float[] scale;
                """)
                .says(
                        Diagnostic.LOCKED_TYPE,
                        "Net.scale is of type float[], and was of type Tensor in the locked class, whose dicts do not fit; change it back"
                                + Lock.MIGRATE);
    }

    @Test
    void aNumberThatHoldsLess() {
        Lock.ofNet(lock, """
                @Buffer long steps;
                """)
                .refusesNet("""
                /*here*/@Buffer int steps;
                """)
                .says(
                        Diagnostic.LOCKED_TYPE,
                        "Net.steps is of type int, and was of type long in the locked class, whose dicts do not fit; change it back"
                                + Lock.MIGRATE);
    }

    @Test
    void extraStateOfAnotherType() {
        Lock.ofNet(lock, """
                @ExtraState String text;
                """)
                .refusesNet("""
                /*here*/@ExtraState Map<String, String> text;
                """)
                .says(
                        Diagnostic.LOCKED_TYPE,
                        "Net.text is of type Map<String, String>, and was of type String in the locked class, whose dicts do not fit; change it back"
                                + Lock.MIGRATE);
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
                        "Net.parts is of type List<Right> of example.Parts$Right, and was of type List<Left> of example.Parts$Left in the locked class, whose dicts do not fit; change it back"
                                + Lock.MIGRATE);
    }

    @Test
    void aShapeWithAnotherDimension() {
        Lock.ofNet(lock, """
                @Parameter(shape = {"out", "in"}) Tensor weight;
                """)
                .refusesNet("""
                /*here*/@Parameter(shape = {"out", "in", "kernel"}) Tensor weight;
                """)
                .says(
                        Diagnostic.LOCKED_SHAPE,
                        "Net.weight has the shape [out, in, kernel], and had [out, in] in the locked class, whose dicts need not fit; change it back"
                                + Lock.MIGRATE);
    }

    @Test
    void aShapeWhoseSizesBecameOne() {
        Lock.ofNet(lock, """
                @Parameter(shape = {"out", "in"}) Tensor weight;
                @Parameter(shape = "out") Tensor bias;
                """)
                .refusesNet("""
                @Parameter(shape = {"n", "m"}) Tensor weight;
                /*here*/@Parameter(shape = "m") Tensor bias;
                """)
                .says(
                        Diagnostic.LOCKED_SHAPE,
                        "Net.bias has the shape [m], which was [in], and had [out] in the locked class, whose dicts need not fit; change it back"
                                + Lock.MIGRATE);
    }

    @Test
    void aSizeThatWasFree() {
        Lock.ofNet(lock, """
                @Parameter(shape = "n") Tensor weight;
                """)
                .refusesNet("""
                /*here*/@Parameter(shape = "64") Tensor weight;
                """)
                .says(
                        Diagnostic.LOCKED_SHAPE,
                        "Net.weight has the shape [64], and had [n] in the locked class, whose dicts need not fit; change it back"
                                + Lock.MIGRATE);
    }

    @Test
    void aTieThatVanished() {
        Lock.ofNet(lock, """
                @Parameter Tensor weight;
                @TiedTo("weight") @Parameter Tensor output;
                """)
                .refusesNet("""
                @Parameter Tensor weight;
                /*here*/@Parameter Tensor output;
                """)
                .says(
                        Diagnostic.LOCKED_TIE,
                        "Net.output was tied to \"weight\" in the locked class, and dicts that have only that key would not load; write @TiedTo(\"weight\") on it"
                                + Lock.MIGRATE);
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
                        "the superclass of Net is no module, and was example.Base in the locked class, so that its dicts have other keys; change it back"
                                + Lock.MIGRATE);
    }

    @Test
    void aMigrationHidesNoChange() {
        Lock.ofNet(lock, """
                @Parameter(shape = {"out", "in"}) Tensor weight;
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
                        "Net.weight has the shape [in, out, 1], and had [out, in] in the locked class, whose dicts need not fit; change it back"
                                + Lock.MIGRATE);
    }
}
