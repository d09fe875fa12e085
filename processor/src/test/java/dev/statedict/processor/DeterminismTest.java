package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same sources give the same bytes, in whatever order they come. */
class DeterminismTest {
    @Test
    void theOrderOfTheSourcesDoesNotMatter() {
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String superclass = i % 3 == 0 ? "" : " extends Net" + (i - 1);
            sources.add(Compiled.inExample(
                    """
                    @StateModule(stateDict = Policy.%s)
                    public class Net%d%s implements Net%dState {
                        @Parameter Tensor b%d, a%d;
                        Net%d child%d;
                        @Buffer long steps%d;
                        @StateModule static class Inner implements Net%d_InnerState {}
                    }
                    """.formatted(i % 2 == 0 ? "ALIAS" : "COPY", i, superclass, i, i, i, (i + 5) % 12, i, i, i)));
        }
        Compiled first = Compiled.strictly(sources.toArray(String[]::new));
        assertThat(first.messages()).isEmpty();
        assertThat(first.allGenerated()).hasSize(24);

        Collections.reverse(sources);
        assertThat(Compiled.strictly(sources.toArray(String[]::new)).allGenerated())
                .isEqualTo(first.allGenerated());
        Collections.shuffle(sources, new Random(1));
        assertThat(Compiled.strictly(sources.toArray(String[]::new)).allGenerated())
                .isEqualTo(first.allGenerated());
    }

    @Test
    void ofTwoClassesThatWantOneNameTheOutermostHasIt() {
        String outer = Compiled.inExample("""
                public class Outer {
                    @StateModule
                    public static class Inner implements Outer_InnerState {}
                }
                """);
        String flat = Compiled.inExample("@StateModule public class Outer_Inner implements Outer_InnerState {}");

        assertThat(UserCompiler.lenient().compile(outer, flat).messages())
                .isEqualTo(UserCompiler.lenient().compile(flat, outer).messages())
                .hasSize(1);
    }
}
