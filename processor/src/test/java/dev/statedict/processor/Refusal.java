package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.processor.model.Diagnostic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sources that the processor refuses. The marker {@code /*here*&#47;} in a source stands where the error is reported.
 */
final class Refusal {
    private static final String MARKER = "/*here*/";

    private final List<String> sources = new ArrayList<>();
    private List<String> options = List.of();

    private Refusal() {}

    /** Source files, each without its package and imports. */
    static Refusal of(String... sources) {
        Refusal refusal = new Refusal();
        refusal.sources.addAll(Arrays.asList(sources));
        return refusal;
    }

    Refusal under(String... compilerOptions) {
        options = List.of(compilerOptions);
        return this;
    }

    /** Holds that the compiler reports this error, where the marker is, and nothing else. */
    void says(Diagnostic diagnostic, String message) {
        Compiled compiled = Compiled.withOptions(
                options, sources.stream().map(Compiled::inExample).toArray(String[]::new));
        assertThat(compiled.messages())
                .containsExactly("ERROR " + place() + "[statedict:" + diagnostic.identifier() + "] " + message);
    }

    private String place() {
        for (String source : sources) {
            String file = Compiled.inExample(source);
            int at = file.indexOf(MARKER);
            if (at >= 0) {
                int end = at + MARKER.length();
                int line = (int) file.substring(0, end)
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                        + 1;
                int column = end - file.lastIndexOf('\n', end);
                return Compiled.fileName(file) + ":" + line + ":" + column + ": ";
            }
        }
        return "";
    }
}
