package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.LoadOptions;
import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each policy is looked up on its own: the call, the class, its superclasses, the compilation, PyTorch. */
class PolicyLookupTest {
    private static String base(String annotation) {
        return Compiled.inExample("""
                %s
                public class Base implements BaseState {
                    @Parameter Tensor weight = Tensor.zeros(1);
                }
                """.formatted(annotation));
    }

    private static String net(String annotation) {
        return Compiled.inExample("""
                %s
                public class Net extends Base implements NetState {
                    public Net() {}
                }
                """.formatted(annotation));
    }

    private static void has(Compiled compiled, Policy stateDict, Policy loadStateDict) {
        assertThat(compiled.messages()).isEmpty();
        Stateful net = compiled.create(Stateful.class, "example.Net");
        assertThat(net.stateDict().policy()).isEqualTo(stateDict);
        loads(net, net::loadStateDict, loadStateDict);
        loads(net, state -> net.loadStateDict(state, LoadOptions.strict()), loadStateDict);
    }

    private static void loads(Stateful module, Function<Map<String, Tensor>, LoadReport> load, Policy policy) {
        Tensor weight = Tensor.zeros(1);
        load.apply(Map.of("weight", weight));
        boolean adopted = module.stateDict(Policy.ALIAS).get("weight") == weight;
        assertThat(adopted).isEqualTo(policy == Policy.ALIAS);
    }

    @Test
    void withoutAWordItIsPyTorchs() {
        has(Compiled.strictly(base("@StateModule"), net("@StateModule")), Policy.ALIAS, Policy.COPY);
    }

    @Test
    void theCompilationDecidesForClassesThatSayNothing() {
        has(
                UserCompiler.strict()
                        .withOptions("-Astatedict.stateDict=COPY", "-Astatedict.loadStateDict=ALIAS")
                        .compile(base("@StateModule"), net("")),
                Policy.COPY,
                Policy.ALIAS);
    }

    @Test
    void theClassDecidesAgainstTheCompilation() {
        has(
                UserCompiler.strict()
                        .withOptions("-Astatedict.stateDict=COPY", "-Astatedict.loadStateDict=ALIAS")
                        .compile(
                                base("@StateModule"),
                                net("@StateModule(stateDict = Policy.ALIAS, loadStateDict = Policy.COPY)")),
                Policy.ALIAS,
                Policy.COPY);
    }

    @Test
    void theNearestSuperclassThatSaysSoDecidesEachPolicyOnItsOwn() {
        has(
                UserCompiler.strict()
                        .withOptions("-Astatedict.stateDict=ALIAS", "-Astatedict.loadStateDict=COPY")
                        .compile(
                                base("@StateModule(stateDict = Policy.COPY, loadStateDict = Policy.COPY)"),
                                net("@StateModule(loadStateDict = Policy.ALIAS)")),
                Policy.COPY,
                Policy.ALIAS);
    }

    @Test
    void alsoASuperclassFromAJar(@TempDir Path jar) {
        Path library =
                Compiled.strictly(base("@StateModule(stateDict = Policy.COPY)")).writeTo(jar);

        has(UserCompiler.strict().withLibrary(library).compile(net("")), Policy.COPY, Policy.COPY);
    }

    @Test
    void theCompilationOfTheJarDoesNotReachBeyondIt(@TempDir Path jar) {
        Path library = UserCompiler.strict()
                .withOptions("-Astatedict.stateDict=COPY")
                .compile(base("@StateModule"))
                .writeTo(jar);

        has(UserCompiler.strict().withLibrary(library).compile(net("")), Policy.ALIAS, Policy.COPY);
    }

    @Test
    void theCallDecidesAgainstAll() {
        Stateful net = Compiled.strictly(base("@StateModule(stateDict = Policy.COPY)"), net(""))
                .create(Stateful.class, "example.Net");

        assertThat(net.stateDict(Policy.ALIAS).policy()).isEqualTo(Policy.ALIAS);
    }

    @Test
    void optionsThatNameNoPolicyLeaveItToTheClass() {
        for (Policy policy : Policy.values()) {
            Stateful base = Compiled.strictly(base("@StateModule(loadStateDict = Policy." + policy + ")"))
                    .create(Stateful.class, "example.Base");

            loads(base, state -> base.loadStateDict(state, LoadOptions.strict()), policy);
        }
    }

    @Test
    void theModuleOnWhichTheCallIsMadeDecidesForItsWholeTree() {
        Stateful tree = Compiled.strictly(base("@StateModule(stateDict = Policy.COPY)"), Compiled.inExample("""
                        @StateModule
                        public class Tree implements TreeState {
                            final Base base = new Base();
                            public Tree() {}
                        }
                        """))
                .create(Stateful.class, "example.Tree");

        assertThat(tree.stateDict().get("base.weight"))
                .isSameAs(tree.stateDict().get("base.weight"));
    }
}
