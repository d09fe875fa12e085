package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.processor.model.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that cannot be modules as they stand are refused. */
class ClassRefusalsTest {
    @Test
    void anInterface() {
        Refusal.of("""
                @StateModule
                /*here*/interface Net extends NetState {}
                """)
                .says(
                        Diagnostic.NOT_A_CLASS,
                        "Net is an interface, and a module is a class or a record; annotate the classes that implement"
                                + " it");
    }

    @Test
    void anEnum() {
        Refusal.of("""
                @StateModule
                /*here*/enum Net implements NetState { ONE; @Parameter Tensor weight; }
                """)
                .says(
                        Diagnostic.NOT_A_CLASS,
                        "Net is an enum, and a module is a class or a record; annotate the classes that implement it");
    }

    @Test
    void aPrivateNestedClass() {
        Refusal.of("""
                class Outer {
                    @StateModule
                    private static final /*here*/class Inner implements Outer_InnerState {
                        @Parameter Tensor weight;
                    }
                }
                """)
                .says(
                        Diagnostic.PRIVATE_CLASS,
                        "Outer.Inner is private, or a class around it is, and the generated Outer_InnerState cannot name"
                                + " it; drop private");
    }

    @Test
    void aClassInAPrivateOne() {
        Refusal.of("""
                class Outer {
                    private static class Middle {
                        @StateModule
                        static /*here*/class Inner implements Outer_Middle_InnerState {}
                    }
                }
                """)
                .says(
                        Diagnostic.PRIVATE_CLASS,
                        "Outer.Middle.Inner is private, or a class around it is, and the generated"
                                + " Outer_Middle_InnerState cannot name it; drop private");
    }

    @Test
    void aMissingInterface() {
        Refusal.of("""
                @StateModule
                final /*here*/class Net {
                    @Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.MISSING_INTERFACE,
                        "Net must declare \"implements NetState\", which is generated for it");
    }

    @Test
    void aRecordWithoutItsInterface() {
        Refusal.of("""
                @StateModule
                /*here*/record Net(@Parameter Tensor weight) {}
                """)
                .says(
                        Diagnostic.MISSING_INTERFACE,
                        "Net must declare \"implements NetState\", which is generated for it");
    }

    @Test
    void aMissingInterfaceThatIsCalledLikeAnAnnotation() {
        Refusal.of("""
                @StateModule
                /*here*/class Extra {}
                """)
                .says(
                        Diagnostic.MISSING_INTERFACE,
                        "Extra must declare \"implements example.ExtraState\", which is generated for it");
    }

    @Test
    void aSubclassThatAddsStateWithoutItsInterface() {
        Refusal.of("""
                @StateModule
                class Base implements BaseState {}
                """, """
                /*here*/class Net extends Base {
                    @Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.MISSING_INTERFACE,
                        "Net must declare \"implements NetState\", which is generated for it");
    }

    @Test
    void theInterfaceOfAnotherClass() {
        Refusal.of("""
                @StateModule
                class Linear implements LinearState {}
                """, """
                interface Layer extends LinearState {}
                """, """
                @StateModule
                /*here*/class Net implements Layer {}
                """)
                .says(
                        Diagnostic.FOREIGN_INTERFACE,
                        "Net implements LinearState, which is generated for another class; implement NetState instead");
    }

    @Test
    void aMethodThatShouldBeGenerated() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Override public StateDict /*here*/stateDict(Policy policy) { return null; }

                    String stateDict(String prefix) { return prefix; }
                    void parameters(int count) {}
                }
                """)
                .says(
                        Diagnostic.DECLARES_CONTRACT,
                        "Net declares stateDict(Policy), which the generated NetState implements; give the method another"
                                + " name");
    }

    @Test
    void aRecordComponentThatIsAMethodToBeGenerated() {
        Refusal.of("""
                @StateModule
                record Net(@Parameter List<Tensor> /*here*/parameters) implements NetState {}
                """)
                .says(
                        Diagnostic.DECLARES_CONTRACT,
                        "Net declares parameters(), which the generated NetState implements; give the method another"
                                + " name");
    }

    @Test
    void aMethodOfASuperclassThatWouldWin() {
        Refusal.of("""
                class Legacy {
                    public List<Tensor> parameters() { return List.of(); }
                    private void namedParameters() {}
                }
                """, """
                @StateModule
                /*here*/class Net extends Legacy implements NetState {}
                """)
                .says(
                        Diagnostic.INHERITS_CONTRACT,
                        "Net inherits parameters() from Legacy, which would win over the method of the generated NetState;"
                                + " rename it there, or hold a Legacy in a field instead of extending it");
    }

    @Test
    void twoClassesWhoseInterfacesShareAName() {
        Refusal.of("""
                class Outer {
                    @StateModule
                    static /*here*/class Inner implements Outer_InnerState {}
                }
                """, """
                @StateModule
                class Outer_Inner implements Outer_InnerState {}
                """)
                .says(
                        Diagnostic.NAME_COLLISION,
                        "the interfaces of Outer.Inner and Outer_Inner would both be called Outer_InnerState; rename one of the classes");
    }

    @Test
    void aClassThatHasTheNameOfTheInterface() {
        Refusal.of("""
                @StateModule
                /*here*/class Net implements NetState {}
                """, "interface NetState {}")
                .says(
                        Diagnostic.INTERFACE_EXISTS,
                        "NetState, the interface to be generated for Net, exists already and was not generated; rename one of them");
    }

    @Test
    void anAnnotatedFieldOutsideAModule() {
        Refusal.of("""
                class Net {
                    /*here*/@Parameter Tensor weight;
                    Tensor bias;
                }
                """)
                .says(
                        Diagnostic.NOT_A_MODULE,
                        "Net.weight is annotated with @Parameter, but its class is no module, so nothing is generated for it; annotate the class with @StateModule");
    }

    @Test
    void aTieOutsideAModule() {
        Refusal.of("""
                class Net {
                    @TiedTo(/*here*/"bias") Tensor weight;
                    Tensor bias;
                }
                """)
                .says(
                        Diagnostic.NOT_A_MODULE,
                        "Net.weight is annotated with @TiedTo, but its class is no module, so nothing is generated for it; annotate the class with @StateModule");
    }

    @Test
    void anAnnotatedRecordComponentOutsideAModule() {
        Refusal.of("""
                record Net(/*here*/@Buffer Tensor weight) {}
                """)
                .says(
                        Diagnostic.NOT_A_MODULE,
                        "Net.weight is annotated with @Buffer, but its class is no module, so nothing is generated for it; annotate the class with @StateModule");
    }

    @Test
    void anUnknownOption() {
        Refusal.of("@StateModule class Net implements NetState {}")
                .under("-Astatedict.statedict=COPY")
                .says(
                        Diagnostic.UNKNOWN_OPTION,
                        "there is no compiler option statedict.statedict; the options are statedict.stateDict,"
                                + " statedict.loadStateDict, statedict.schema and statedict.schema.update");
    }

    @Test
    void anUnknownPolicy() {
        Refusal.of("@StateModule class Net implements NetState {}")
                .under("-Astatedict.stateDict=copy")
                .says(
                        Diagnostic.OPTION_VALUE,
                        "the compiler option statedict.stateDict is \"copy\"; it can be ALIAS or COPY");
    }

    @Test
    void anInterfaceThatOverridesWhatIsGenerated() {
        Refusal.of("""
                @StateModule
                /*here*/class Net implements Layer, NetState {
                    @Parameter Tensor weight;
                }
                """, """
                interface Layer extends Named {}
                """, """
                interface Named extends Stateful {
                    @Override
                    default LoadReport loadStateDict(Map<String, Tensor> state, Policy policy) { return null; }
                }
                """)
                .says(
                        Diagnostic.DEFAULT_CONTRACT,
                        "Net has loadStateDict(Map<String, Tensor>, Policy) from the interface Named, which would take the"
                                + " place of what the generated NetState inherits; give the method another name there");
    }

    @Test
    void anInterfaceThatASuperclassHasOverridesItToo() {
        Refusal.of("""
                @StateModule
                /*here*/class Net extends Base implements NetState {
                    @Parameter Tensor weight;
                }
                """, """
                abstract class Base implements Listed {}
                """, """
                interface Listed extends Stateful {
                    @Override
                    default List<Tensor> parameters() { return null; }
                }
                """)
                .says(
                        Diagnostic.DEFAULT_CONTRACT,
                        "Net has parameters() from the interface Listed, which would take the place of what the generated"
                                + " NetState inherits; give the method another name there");
    }

    @Test
    void aClassThatIsNoModuleAnyMore(@TempDir Path directory) {
        Path library = Compiled.strictly(Compiled.inExample("""
                @StateModule
                class Net implements NetState {}
                """)).writeTo(directory);

        assertThat(UserCompiler.lenient()
                        .withLibrary(library)
                        .compile(
                                Compiled.inExample("class Net implements NetState {}"),
                                Compiled.inExample("@StateModule class Other implements OtherState {}"))
                        .messages())
                .containsExactly(
                        "ERROR Net.java:7:1: [statedict:StaleInterface] Net implements NetState, which an earlier"
                                + " compilation generated for it, and bears no @StateModule any more; annotate it, or drop the"
                                + " interface and its files");
    }

    @Test
    void theInterfaceOfAClassOfTheSameNameInAnotherPackage() {
        assertThat(UserCompiler.lenient()
                        .compile(
                                "package q; @dev.statedict.StateModule public class Net implements NetState {}",
                                "package p; @dev.statedict.StateModule class Net implements q.NetState {}")
                        .messages())
                .containsExactly("ERROR Net.java:1:39: [statedict:ForeignInterface] Net implements q.NetState, which is"
                        + " generated for another class; implement p.NetState instead");
    }

    @Test
    void anOlderJavaIsTold() {
        Compiled compiled = Compiled.withOptions(
                List.of("--release", "11"), Compiled.inExample("@StateModule class Net implements NetState {}"));

        assertThat(compiled.messages())
                .contains(
                        "ERROR [statedict:JavaVersion] statedict needs Java 17, and this compilation is of Java 11; write"
                                + " --release 17, or more");
    }

    @Test
    void annotationsOfTypesAreNotMissedAmongThoseOfFields() {
        Compiled compiled = Compiled.strictly("""
                package example;

                import dev.statedict.Parameter;
                import dev.statedict.StateModule;
                import org.jspecify.annotations.Nullable;

                @StateModule
                class Net implements NetState {
                    @Parameter
                    final float @Nullable [] weight = {1};

                    final @Nullable Net next = null;
                }
                """);

        assertThat(compiled.messages()).isEmpty();
    }

    @Test
    void anAnnotationThatIsNotImportedIsTheCompilersToTell(@TempDir Path directory) {
        String field = """
                package example;

                @dev.statedict.StateModule
                class Net implements NetState {
                    @Parameter dev.statedict.tensor.Tensor weight;
                }
                """;
        String type = """
                package example;

                @StateModule
                class Net {
                    @dev.statedict.Parameter dev.statedict.tensor.Tensor weight;
                }
                """;

        for (String source : List.of(field, type)) {
            assertThat(Compiled.withOptions(List.of(), source).messages())
                    .anyMatch(message -> message.contains("cannot find symbol"))
                    .noneMatch(message -> message.contains("[statedict:"));
        }
        assertThat(EclipseCompiled.in(directory, List.of(), field).errors())
                .containsExactly("Net.java:5: Parameter cannot be resolved to a type");
        assertThat(EclipseCompiled.in(directory, List.of(), type).errors())
                .containsExactly("Net.java:3: StateModule cannot be resolved to a type");
    }
}
