package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.processor.model.Diagnostic;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An annotation on a type that it is not for is refused, with a word on what to write. */
class MemberTypeTest {
    private static void refuses(String annotation, String type, Diagnostic diagnostic, String rule, String mend) {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/%s %s x;
                }
                """.formatted(annotation, type)).says(diagnostic, "Net.x (" + type + ") is " + rule + "; " + mend);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            short                 | make it int, or drop the annotation
            Object                | change its type, or drop the annotation
            byte[]                | make it int[], or drop the annotation
            short[][]             | make it int[][], or drop the annotation
            List<List<float[]>>   | change its type, or drop the annotation
            Set<Tensor>           | change its type, or drop the annotation
            List<Tensor[]>        | change its type, or drop the annotation
            Map<Integer, Tensor>  | change its type, or drop the annotation
            List                  | change its type, or drop the annotation
            StateDict             | change its type, or drop the annotation
            String                | annotate it with @ExtraState
            Net                   | drop the annotation: a module needs none
            List<Net>             | drop the annotation: a module needs none
            Optional<Net>         | drop the annotation: a module needs none
            """)
    void aParameterIsATensor(String type, String mend) {
        refuses(
                "@Parameter",
                type,
                Diagnostic.PARAMETER_TYPE,
                "no parameter, which is a Tensor, an AsTensor, or an array of float, double, int, long or boolean of any depth, or an"
                        + " Optional, a List, an array or a Map<String, ...> of these, or one such number",
                mend);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            char         | make it int, or drop the annotation
            Byte         | make it int, or drop the annotation
            short        | make it int, or drop the annotation
            short[]      | make it int[], or drop the annotation
            Set<Tensor>  | change its type, or drop the annotation
            Net[]        | drop the annotation: a module needs none
            """)
    void aBufferIsATensorOrANumber(String type, String mend) {
        refuses(
                "@Buffer",
                type,
                Diagnostic.BUFFER_TYPE,
                "no buffer, which is a Tensor, an AsTensor, or an array of float, double, int, long or boolean of any depth, or an"
                        + " Optional, a List, an array or a Map<String, ...> of these, or one such number",
                mend);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Tensor             | annotate it with @Parameter or @Buffer
            List<Tensor>       | annotate it with @Parameter or @Buffer
            float[]            | annotate it with @Parameter or @Buffer
            long               | annotate it with @Parameter or @Buffer
            double[]           | annotate it with @Parameter or @Buffer
            Set<Net>           | change its type, or drop the annotation
            Map<Integer, Net>  | change its type, or drop the annotation
            List               | change its type, or drop the annotation
            String             | annotate it with @ExtraState
            Integer            | annotate it with @Parameter or @Buffer
            """)
    void aSubmoduleIsAModule(String type, String mend) {
        refuses(
                "@Submodule(\"y\")",
                type,
                Diagnostic.SUBMODULE_TYPE,
                "no submodule, which is a @StateModule class or another Stateful, or a List, an array, an Optional or a"
                        + " Map<String, ...> of them",
                mend);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            int                      | annotate it with @Parameter or @Buffer
            Tensor                   | annotate it with @Parameter or @Buffer
            HashMap<String, String>  | change its type, or drop the annotation
            Map<String, Integer>     | annotate it with @Parameter or @Buffer
            List<String>             | change its type, or drop the annotation
            Net                      | drop the annotation: a module needs none
            """)
    void extraStateIsText(String type, String mend) {
        refuses(
                "@ExtraState",
                type,
                Diagnostic.EXTRA_STATE_TYPE,
                "no extra state, which is a String or a Map<String, String>",
                mend);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            @Parameter   | ParameterType  | let it implement AsTensor
            @Buffer      | BufferType     | let it implement AsTensor
            @Submodule   | SubmoduleType  | change its type
            @ExtraState  | ExtraStateType | change its type
            """)
    void aClassOfTheUsersOwnMayBecomeAModule(String annotation, String identifier, String mend) {
        assertThat(Compiled.withOptions(List.of(), Compiled.inExample("""
                        @StateModule
                        class Net implements NetState {
                            %s Own x;

                            static final class Own {}
                        }
                        """.formatted(annotation)))
                        .messages())
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("[statedict:" + identifier + "] Net.x (Own) is no ")
                .endsWith("; annotate example.Net.Own with @StateModule, what it holds with @Parameter, and drop the"
                        + " annotation here; or " + mend);
    }
}
