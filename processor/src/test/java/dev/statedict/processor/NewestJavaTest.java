package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Stateful;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Sources in the language of the newest JDK. */
class NewestJavaTest {
    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void theLanguageOfJava25() {
        Compiled compiled = UserCompiler.strict()
                .atNewestLevel()
                .compile(
                        """
                package example;

                import dev.statedict.*;
                import dev.statedict.tensor.Tensor;
                import module java.base;

                /// A Markdown comment.
                @StateModule
                public class Net extends Base implements NetState {
                    @Parameter Tensor weight;
                    @Buffer long steps;

                    public Net() {
                        int size = 1;
                        weight = Tensor.zeros(size);
                        super(size);
                    }

                    public int size(Object shape) {
                        return switch (shape) {
                            case Pair(Tensor first, _) when first.dim() > 0 -> first.dim();
                            case null, default -> 0;
                        };
                    }

                    @StateModule
                    record Pair(@Parameter Tensor first, @Transient Tensor second) implements Net_PairState {}
                }
                """.replace(
                                        "import module dev.statedict;",
                                        "import dev.statedict.*;\nimport dev.statedict.tensor.Tensor;"),
                        """
                package example;

                @dev.statedict.StateModule
                class Base implements BaseState {
                    Base(int size) {}
                }
                """);

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.create(Stateful.class, "example.Net").stateDict().keySet())
                .containsExactly("weight", "steps");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void noOtherFileReachesIntoACompactOne() {
        assertThat(UserCompiler.lenient().atNewestLevel().compile("""
                                import dev.statedict.*;
                                import dev.statedict.tensor.Tensor;

                                void main() {}

                                @StateModule
                                static class Net implements Net_NetState {
                                    @Parameter Tensor weight;
                                }
                                """).messages())
                .containsExactly(
                        "ERROR Net.java:7:8: [statedict:ImplicitClass] Net.Net stands in a compact source file, and the"
                                + " generated Net_NetState, a file of its own, cannot name it; move it to a file of its own");
    }
}
