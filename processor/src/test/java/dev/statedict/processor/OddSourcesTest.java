package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are legal, or wrong in ways of their own: they compile, or are told, and nothing breaks. */
class OddSourcesTest {
    @TempDir
    private Path directory;

    /** Holds that both compilers give these errors, in this order, whatever their places. */
    private void bothSay(String source, String... errors) {
        assertThat(Compiled.withOptions(List.of(), Compiled.inExample(source)).messages())
                .extracting(message -> message.replaceFirst("^ERROR \\S+: ", ""))
                .containsExactly(errors);
        assertThat(EclipseCompiled.in(directory, List.of(), Compiled.inExample(source))
                        .errors())
                .extracting(message -> message.replaceFirst("^\\S+: ", ""))
                .containsExactly(errors);
    }

    @Test
    void aMistakeOfTheClassStandsBesideOneOfAMember() {
        bothSay(
                """
                @StateModule(version = 0)
                class Net implements NetState {
                    Tensor cache;
                }
                """,
                "[statedict:VersionBelowOne] the version of Net is 0; versions begin with 1",
                "[statedict:LostState] no state dict would hold Net.cache (Tensor); annotate it with @Parameter or @Buffer, or"
                        + " leave it out with transient");
    }

    @Test
    void aClassMayHaveTwoMistakes() {
        bothSay(
                """
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    public StateDict stateDict() { return null; }
                    public List<Tensor> parameters() { return null; }
                }
                """,
                "[statedict:DeclaresContract] Net declares stateDict(), which the generated NetState implements; give the"
                        + " method another name",
                "[statedict:DeclaresContract] Net declares parameters(), which the generated NetState implements; give the"
                        + " method another name");
    }

    @Test
    void anEnumIsNoModuleAndItsTensorNoState() {
        bothSay(
                """
                @StateModule
                enum Net {
                    ONE;
                    Tensor weight;
                }
                """,
                "[statedict:NotAClass] Net is an enum, and a module is a class or a record; annotate the classes that"
                        + " implement it",
                "[statedict:LostState] no state dict would hold Net.weight (Tensor); annotate it with @Parameter or @Buffer, or"
                        + " leave it out with transient");
    }

    @Test
    void aPolicyThatIsNoneIsTheCompilersToTell() {
        String source = Compiled.inExample("""
                @StateModule(stateDict = java.util.concurrent.TimeUnit.DAYS)
                class Net implements NetState {
                    @Parameter Tensor weight;
                }
                """);
        assertThat(Compiled.withOptions(List.of(), source).messages())
                .contains(
                        "ERROR Net.java:7:55: incompatible types: java.util.concurrent.TimeUnit cannot be converted to"
                                + " dev.statedict.Policy");
        assertThat(EclipseCompiled.in(directory, List.of(), source).errors())
                .containsExactly("Net.java:7: Type mismatch: cannot convert from java.util.concurrent.TimeUnit to"
                        + " dev.statedict.Policy");
    }

    @Test
    void soIsAConstantThatNoPolicyHas() {
        String source = Compiled.inExample("""
                @StateModule(loadStateDict = Policy.SHARE)
                class Net implements NetState {
                    @Parameter Tensor weight;
                }
                """);
        // to Java 17 a symbol that it cannot find, to Java 25 no enum constant
        assertThat(Compiled.withOptions(List.of(), source).messages())
                .anyMatch(message -> message.startsWith("ERROR Net.java:7:36: "))
                .noneMatch(message -> message.contains("[statedict:"));
        assertThat(EclipseCompiled.in(directory, List.of(), source).errors())
                .containsExactly("Net.java:7: SHARE cannot be resolved or is not a field");
    }

    @Test
    void anyCharacterIsAKeyAndAnyLetterAName() {
        Compiled compiled = Compiled.strictly(Compiled.inExample(
                """
                @StateModule
                @Retired("\\u2029*")
                public class Größe implements GrößeState {
                    @Parameter("a\\u2028b\\u0085\\t\\"\\\\u0041\\1\\ud83d\\ude00") Tensor größe = Tensor.zeros(1);
                    @Parameter(formerly = "\\u000c") @TiedTo("größe") Tensor tied = größe;
                    @Parameter Tensor größe2 = Tensor.zeros(1);
                    public Größe() {}
                }
                """.replace("@TiedTo(\"größe\") Tensor tied = größe;", "Tensor tied = Tensor.zeros(1);")));

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.generated("example.GrößeState")).matches("\\p{ASCII}+");
        Stateful net = compiled.create(Stateful.class, "example.Größe");
        assertThat(net.stateDict().keySet())
                .containsExactly("a\u2028b\u0085\t\"\\u0041\1\ud83d\ude00", "tied", "größe2");
        net.loadStateDict(net.stateDict(Policy.COPY));
    }

    @Test
    void classesCalledLikeThoseOfJavaLang() {
        Compiled compiled = Compiled.strictly(
                """
                package lang;

                import dev.statedict.*;
                import dev.statedict.tensor.Tensor;

                @StateModule
                @Deprecated
                public class Net implements NetState {
                    @Parameter public Tensor weight = Tensor.zeros(1);
                    public Net() {}
                }
                """,
                "package lang; class String {}",
                "package lang; @interface Override {}",
                "package lang; @interface SuppressWarnings {}");

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.create(Stateful.class, "lang.Net").stateDict().keySet())
                .containsExactly("weight");
    }

    @Test
    void anInterfaceThatIsCalledLikeAnAnnotation() {
        Compiled compiled = Compiled.strictly("""
                package example;

                import dev.statedict.Parameter;
                import dev.statedict.StateModule;
                import dev.statedict.tensor.Tensor;

                @StateModule
                public class Extra implements ExtraState {
                    @Parameter final Tensor weight = Tensor.zeros(1);
                    @dev.statedict.ExtraState String note = "noted";
                    public Extra() {}
                }
                """);

        assertThat(compiled.messages()).isEmpty();
        StateDict dict = compiled.create(Stateful.class, "example.Extra").stateDict();
        assertThat(dict.keySet()).containsExactly("weight");
        assertThat(dict.extraState()).isEqualTo(Map.of("", "noted"));
    }

    @Test
    void localAndAnonymousClassesSaveWhatTheirSuperclassSaves() {
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                public class Nets {
                    @StateModule
                    static class Base implements Nets_BaseState {
                        @Parameter final Tensor weight = Tensor.zeros(1);
                    }

                    public static Stateful anonymous() {
                        return new Base() {
                            @Parameter final Tensor seenByNoProcessor = Tensor.zeros(1);
                        };
                    }

                    public static class Local implements java.util.function.Supplier<Stateful> {
                        public Local() {}
                        public Stateful get() {
                            @StateModule
                            class Net extends Base {
                                @Parameter final Tensor seenByNoProcessorEither = Tensor.zeros(1);
                            }
                            return new Net();
                        }
                    }

                    public static class Anonymous implements java.util.function.Supplier<Stateful> {
                        public Anonymous() {}
                        public Stateful get() {
                            return anonymous();
                        }
                    }
                }
                """));

        assertThat(compiled.messages()).isEmpty();
        for (String kind : List.of("Local", "Anonymous")) {
            Supplier<?> nets = compiled.create(Supplier.class, "example.Nets$" + kind);
            assertThat(((Stateful) nets.get()).stateDict().keySet()).containsExactly("weight");
        }
    }

    @Test
    void moreMembersThanAMethodHolds() {
        String fields = IntStream.range(0, 4500)
                .mapToObj(i -> "@Parameter Tensor w" + i + ";")
                .collect(Collectors.joining("\n    "));
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                @StateModule
                public final class Net<T> implements NetState {
                    %s
                    public Net() throws ReflectiveOperationException {
                        for (java.lang.reflect.Field field : Net.class.getDeclaredFields()) {
                            field.set(this, Tensor.zeros(1));
                        }
                    }
                }
                """.formatted(fields)));

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.generated("example.NetState"))
                .contains("private void visitState9(StateVisitor visitor) {")
                .contains("private void assignState9(StateAssigner assigner) {")
                .doesNotContain("visitState10");
        Stateful net = compiled.create(Stateful.class, "example.Net");
        StateDict dict = compiled.create(Stateful.class, "example.Net").stateDict(Policy.COPY);
        dict.get("w4499").fill(7);
        net.loadStateDict(dict, Policy.ALIAS);
        assertThat(net.stateDict()).hasSize(4500);
        assertThat(net.stateDict().get("w4499").sharesStorageWith(dict.get("w4499")))
                .isTrue();
    }

    @Test
    void aClassOfAsManyDrawsNoWarningWhereItSharesItsFile() {
        String fields = IntStream.range(0, 600)
                .mapToObj(i -> "@Parameter Tensor w" + i + ";")
                .collect(Collectors.joining("\n    "));

        assertThat(Compiled.strictly(Compiled.inExample("""
                        public class Main {}

                        @StateModule
                        class Net implements NetState {
                            %s
                        }
                        """.formatted(fields))).messages())
                .isEmpty();
    }

    @Test
    void fieldsThatLombokMakesPrivateAreReadThroughTheirAccessors() {
        Compiled compiled = UserCompiler.lenient()
                .compile(
                        "package lombok; public @interface Value {}",
                        "package lombok; public enum AccessLevel { PRIVATE, PUBLIC }",
                        "package lombok.experimental; public @interface FieldDefaults { lombok.AccessLevel level(); }",
                        "package lombok.experimental; public @interface NonFinal {}",
                        Compiled.inExample("""
                        @StateModule
                        @lombok.Value
                        public class Net implements NetState {
                            @Parameter Tensor weight = Tensor.zeros(1);
                            @lombok.experimental.NonFinal @Parameter Tensor bias = Tensor.zeros(1);
                            @Parameter public Tensor shown = Tensor.zeros(1);
                            public Net() {}
                            Tensor getWeight() { return weight; }
                            Tensor getBias() { return bias; }
                            void setBias(Tensor bias) { this.bias = bias; }
                        }
                        """),
                        Compiled.inExample("""
                        @StateModule
                        @lombok.experimental.FieldDefaults(level = lombok.AccessLevel.PRIVATE)
                        class Block implements BlockState {
                            @Parameter Tensor weight;
                            Tensor weight() { return weight; }
                        }
                        """));

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.generated("example.NetState"))
                .contains(
                        "visitor.tensorParameter(\"weight\", self.getWeight());",
                        "visitor.tensorParameter(\"bias\", self.getBias());",
                        "visitor.tensorParameter(\"shown\", self.shown);",
                        "assigner.setter(\"bias\", ")
                .doesNotContain("self.shown =", "self.setWeight");
        assertThat(compiled.generated("example.BlockState"))
                .contains("visitor.tensorParameter(\"weight\", self.weight());");
    }

    @Test
    void anInterfaceThatAnEarlierCompilationGeneratedForAnotherClass() {
        Path library = Compiled.strictly(Compiled.inExample("""
                public class Model {
                    @StateModule
                    public static class Block implements Model_BlockState {
                        @Parameter Tensor weight;
                    }
                }
                """)).writeTo(directory);

        assertThat(UserCompiler.lenient()
                        .withLibrary(library)
                        .compile(Compiled.inExample("""
                                @StateModule
                                class Model_Block implements Model_BlockState {
                                    @Parameter Tensor weight;
                                }
                                """))
                        .messages())
                .containsExactly(
                        "ERROR Model_Block.java:8:1: [statedict:NameCollision] the interfaces of Model_Block and"
                                + " Model.Block would both be called Model_BlockState; rename one of the classes");
    }

    @Test
    void severalJavaModulesAtOnceEvenWithClassesOfOneName() throws Exception {
        String net = """
                package p;

                import dev.statedict.*;
                import dev.statedict.tensor.Tensor;

                @StateModule
                public class Net implements NetState {
                    @Parameter Tensor %s = Tensor.zeros(1);
                    public Net() {}
                }
                """;
        ModuleSources modules = new ModuleSources(directory);
        modules.add("ma", "module ma { requires dev.statedict; }", net.formatted("a"));
        modules.add("mb", "module mb { requires dev.statedict; }", net.formatted("b"));

        assertThat(modules.compile()).isEmpty();
        assertThat(Files.readString(modules.output("ma/META-INF/statedict/p.Net.json")))
                .contains("\"key\": \"a\"");
        assertThat(Files.readString(modules.output("mb/META-INF/statedict/p.Net.json")))
                .contains("\"key\": \"b\"");
        assertThat(modules.output("ma/p/NetState.class")).exists();
        assertThat(modules.output("mb/p/NetState.class")).exists();
    }

    @Test
    void aFaultOfTheProcessorsOwnIsOneErrorThatNamesTheClass() {
        String source = Compiled.inExample("""
                @StateModule
                public class Net implements NetState {
                    @Parameter Tensor weight;
                }
                """);
        Compiler javac = Compiler.javac().withProcessors(new BrokenFiler(new StateDictProcessor()));

        assertThat(new Compiled(javac.compile(JavaFileObjects.forSourceString("example.Net", source)), null).messages())
                .anySatisfy(message -> assertThat(message)
                        .matches(
                                "ERROR Net\\.java:8:8: \\[statedict:ProcessorFault\\] the processor failed on Net by a fault of"
                                        + " its own, java\\.lang\\.UnsupportedOperationException: full in BrokenFiler\\.java:\\d+;"
                                        + " please report this line, with the source of the class"))
                .noneSatisfy(message -> assertThat(message).contains("\tat "));
    }

    @Test
    void aPathThatIsNone() {
        assertThat(Compiled.withOptions(
                                List.of("-Astatedict.schema=a\0b"),
                                Compiled.inExample("@StateModule class Net implements NetState {}"))
                        .messages())
                .containsExactly(
                        "ERROR [statedict:OptionValue] the compiler option statedict.schema is \"a\0b\"; it can be"
                                + " a directory");
    }

    @Test
    void aSetterOfAnotherTypeArgumentIsNone() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@ExtraState private Map<String, String> words;

                    Map<String, String> words() { return words; }
                    void setWords(Map<String, Integer> words) {}
                }
                """)
                .says(
                        Diagnostic.UNASSIGNABLE,
                        "Net.words is private and has no setter, and loading assigns extra state; add a method \"void"
                                + " setWords(Map<String, String>)\", or drop private");
    }

    @Test
    void norIsAnAccessorOfOne() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@ExtraState private Map<String, String> words;

                    Map<String, Integer> words() { return null; }
                    void setWords(Map<String, String> words) {}
                }
                """)
                .says(
                        Diagnostic.PRIVATE_FIELD,
                        "Net.words is private, and the generated NetState cannot read it; drop private, or add a method"
                                + " \"Map<String, String> words()\" or \"Map<String, String> getWords()\"");
    }

    @Test
    void ofSettersThatTakeABoxedValueThePrimitiveOneIsCalled() {
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                        public class Counting {
                            void setSteps(Object steps) { throw new AssertionError(); }
                        }
                        """), Compiled.inExample("""
                        @StateModule
                        public class Net extends Counting implements NetState {
                            @Buffer private long steps = 3;
                            public Net() {}
                            long steps() { return steps; }
                            void setSteps(long steps) { this.steps = steps; }
                            void setSteps(Long steps) throws java.io.IOException { throw new java.io.IOException(); }
                            void setSteps(int steps) { throw new AssertionError(); }
                        }
                        """));

        assertThat(compiled.messages()).isEmpty();
        Stateful net = compiled.create(Stateful.class, "example.Net");
        net.loadStateDict(Map.of("steps", Tensor.scalar(5)));
        assertThat(net.stateDict().get("steps").item()).isEqualTo(5);
    }

    @Test
    void aWildcardIsNoTypeToAssign() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@ExtraState Map<String, ? extends String> words;
                }
                """)
                .says(
                        Diagnostic.EXTRA_STATE_TYPE,
                        "Net.words (Map<String, ? extends String>) is no extra state, which is a String or a"
                                + " Map<String, String>; change its type, or drop the annotation");
    }
}
