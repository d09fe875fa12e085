package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that extend modules: to any depth, across packages and across compilations. */
class InheritanceTest {
    private static final String BASE = """
            package base;

            import dev.statedict.*;
            import dev.statedict.tensor.Tensor;

            @StateModule
            public abstract class Base implements BaseState {
                @Parameter Tensor hidden = Tensor.zeros(1);
                @Parameter private Tensor secret = Tensor.zeros(1);
                @Buffer protected long steps;

                Tensor getSecret() { return secret; }
                void setSecret(Tensor secret) { this.secret = secret; }
            }
            """;
    private static final String MIDDLE = """
            package middle;

            public class Middle extends base.Base {}
            """;
    private static final String NET = """
            package example;

            import dev.statedict.*;
            import dev.statedict.tensor.Tensor;

            public class Net extends middle.Middle implements NetState {
                @Parameter Tensor weight = Tensor.zeros(1);
                @Buffer Tensor mean = Tensor.zeros(1);
                public Net() {}
            }
            """;

    private static void hasAllState(Compiled compiled) {
        assertThat(compiled.messages()).isEmpty();
        Stateful net = compiled.create(Stateful.class, "example.Net");
        assertThat(net.stateDict().keySet()).containsExactly("hidden", "secret", "weight", "steps", "mean");
        for (Policy policy : Policy.values()) {
            Map<String, Tensor> loaded = new LinkedHashMap<>();
            net.stateDict().forEach((key, tensor) -> {
                loaded.put(key, Tensor.zeros(tensor.shape()));
                loaded.get(key).fill(policy.ordinal() + 1);
            });
            net.loadStateDict(loaded, policy);
            assertThat(net.stateDict().values())
                    .allSatisfy(tensor -> assertThat(tensor.toArray()).containsExactly(policy.ordinal() + 1));
        }
    }

    @Test
    void fieldsThatTheSubclassCannotSeeAreReachedThroughTheirOwnClass() {
        hasAllState(Compiled.strictly(BASE, MIDDLE, NET));
    }

    @Test
    void theOrderOfTheSourcesDoesNotMatter() {
        hasAllState(Compiled.strictly(NET, MIDDLE, BASE));
    }

    @Test
    void theSuperclassMayComeFromAnotherJar(@TempDir Path jar) {
        Path library = Compiled.strictly(BASE, MIDDLE).writeTo(jar);

        hasAllState(UserCompiler.strict().withLibrary(library).compile(NET));
    }

    @Test
    void eachInterfaceHoldsItsOwnFieldsAlone() {
        assertThat(Compiled.strictly(BASE, MIDDLE, NET).generated("example.NetState"))
                .contains("public interface NetState extends MiddleState {")
                .contains("""
                            @Override
                            default LoadReport loadStateDict(Map<String, Tensor> state, LoadOptions options) {
                                return MiddleState.super.loadStateDict(state, options.withDefaultPolicy(Policy.COPY));
                            }

                            @Override
                            default void visitState(StateVisitor visitor) {
                                MiddleState.super.visitState(visitor);
                                Net self = (Net) this;
                                visitor.tensorParameter("weight", self.weight);
                                visitor.tensorBuffer("mean", self.mean);
                            }

                            @Override
                            default void assignState(StateAssigner assigner) {
                                MiddleState.super.assignState(assigner);
                                Net self = (Net) this;
                        """);
    }

    @Test
    void aSubclassThatAddsNothingNeedsNothing() {
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                public class Outer {
                    @StateModule(stateDict = Policy.COPY)
                    public static class Base implements Outer_BaseState {
                        @Parameter Tensor weight = Tensor.zeros(1);
                    }

                    private static class Silent extends Base {}
                    static class Named extends Base implements Outer_NamedState {}
                    public static class Below extends Silent implements Outer_BelowState {
                        @Parameter Tensor bias = Tensor.zeros(1);
                    }
                }
                """));

        assertThat(compiled.messages()).isEmpty();
        for (String name : new String[] {"Silent", "Named"}) {
            Stateful module = compiled.create(Stateful.class, "example.Outer$" + name);
            assertThat(module.stateDict().keySet()).containsExactly("weight");
            assertThat(module.stateDict().policy()).isEqualTo(Policy.COPY);
        }
        assertThat(compiled.create(Stateful.class, "example.Outer$Below")
                        .stateDict()
                        .keySet())
                .containsExactly("weight", "bias");
    }

    @Test
    void aFieldMayHideAnotherUnderAnotherKey() {
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                @StateModule
                class Base implements BaseState {
                    @Parameter Tensor weight = Tensor.scalar(1);
                }
                """), Compiled.inExample("""
                class Net extends Base implements NetState {
                    @Parameter("own") Tensor weight = Tensor.scalar(2);
                }
                """));

        Map<String, Tensor> state =
                compiled.create(Stateful.class, "example.Net").stateDict();
        assertThat(state.get("weight").item()).isEqualTo(1);
        assertThat(state.get("own").item()).isEqualTo(2);
    }

    @Test
    void anInterfaceWrittenByHandMayStandAroundEveryLoad() {
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                @StateModule
                class Net implements NetState, Guarded {
                    @Parameter Tensor weight = Tensor.zeros(1);
                }
                """), Compiled.inExample("""
                interface Guarded extends Stateful {
                    @Override
                    default LoadReport loadStateDict(Map<String, Tensor> state, LoadOptions options) {
                        throw new IllegalStateException("frozen");
                    }
                }
                """));
        Stateful net = compiled.create(Stateful.class, "example.Net");
        StateDict state = net.stateDict();

        assertThatThrownBy(() -> net.loadStateDict(state)).hasMessage("frozen");
        assertThatThrownBy(() -> net.loadStateDict(state, Policy.ALIAS)).hasMessage("frozen");
    }

    @Test
    void aSuperclassThatWasCompiledWithoutTheProcessorIsRefused(@TempDir Path jar) {
        String base = Compiled.inExample("""
                @StateModule
                public class Base {
                    @Parameter Tensor weight;
                }
                """);
        Path library =
                UserCompiler.lenient().withOptions("-proc:none").compile(base).writeTo(jar);
        String net = Compiled.inExample("""
                class Net extends Base implements NetState {
                    @Parameter Tensor bias;
                }
                """);

        String bare = net.replace(" implements NetState", "");

        for (String source : List.of(net, bare)) {
            assertThat(UserCompiler.lenient()
                            .withLibrary(library)
                            .compile(source)
                            .messages())
                    .containsExactly(
                            "ERROR Net.java:7:1: [statedict:UnprocessedSuperclass] the superclass Base is a module, but its"
                                    + " interface BaseState does not exist; compile Base with the statedict processor");
        }
    }

    @Test
    void theInterfaceOfALibraryIsStillForeign(@TempDir Path jar) {
        Path library = Compiled.strictly(BASE).writeTo(jar);
        String net = """
                package example;

                @dev.statedict.StateModule
                class Net implements base.BaseState {}
                """;

        assertThat(UserCompiler.lenient().withLibrary(library).compile(net).messages())
                .containsExactly(
                        "ERROR Net.java:4:1: [statedict:ForeignInterface] Net implements BaseState, which is generated for"
                                + " another class; implement NetState instead");
    }
}
