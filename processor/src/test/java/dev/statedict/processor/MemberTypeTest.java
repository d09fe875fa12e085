package dev.statedict.processor;

import dev.statedict.processor.model.Diagnostic;
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
            short                 | change its type, or drop the annotation
            Object                | change its type, or drop the annotation
            byte[]                | change its type, or drop the annotation
            float[][]             | change its type, or drop the annotation
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
                "no parameter, which is a Tensor or an Optional<Tensor>, a List, an array or a Map<String, ...> of Tensor,"
                        + " or a float, double, int, long or boolean or an array of them",
                mend);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            char         | change its type, or drop the annotation
            Integer      | change its type, or drop the annotation
            short        | change its type, or drop the annotation
            short[]      | change its type, or drop the annotation
            Set<Tensor>  | change its type, or drop the annotation
            Net[]        | drop the annotation: a module needs none
            """)
    void aBufferIsATensorOrANumber(String type, String mend) {
        refuses(
                "@Buffer",
                type,
                Diagnostic.BUFFER_TYPE,
                "no buffer, which is a Tensor or an Optional<Tensor>, a List, an array or a Map<String, ...> of Tensor,"
                        + " or a float, double, int, long or boolean or an array of them",
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
            Integer            | change its type, or drop the annotation
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
            Map<String, Integer>     | change its type, or drop the annotation
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
}
