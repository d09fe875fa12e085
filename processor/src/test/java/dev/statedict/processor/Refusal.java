package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.statedict.processor.model.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Sources that the processor refuses. The marker {@code /*here*&#47;} in a source stands where the error is reported.
 */
final class Refusal {
    static final String MARKER = "/*here*/";

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

    /** Holds that javac and Eclipse's compiler report this error, where the marker is, and nothing else. */
    void says(Diagnostic diagnostic, String message) {
        String text = "[statedict:" + diagnostic.identifier() + "] " + message;
        assertThat(Compiled.withOptions(options, files()).messages()).containsExactly("ERROR " + place() + text);
        assertThat(eclipseErrors()).containsExactly(eclipsePlace() + text);
    }

    /** Holds that javac and Eclipse's compiler warn so, where the marker is, and say nothing else of ours. */
    void warns(Diagnostic diagnostic, String message) {
        String text = "[statedict:" + diagnostic.identifier() + "] " + message;
        assertThat(Compiled.withOptions(options, files()).messages()).containsExactly("WARNING " + place() + text);
        assertThat(inEclipse(EclipseCompiled::errors)).isEmpty();
        assertThat(inEclipse(EclipseCompiled::warnings)).containsExactly(eclipsePlace() + text);
    }

    /** Eclipse's compiler tells the line; of what is in a record it tells no place at all. */
    private String eclipsePlace() {
        boolean inRecord = sources.stream().anyMatch(source -> source.contains(MARKER) && source.contains("record "));
        return inRecord ? "" : place().replaceFirst(":\\d+: $", ": ");
    }

    private List<String> eclipseErrors() {
        return inEclipse(EclipseCompiled::errors);
    }

    private List<String> inEclipse(Function<EclipseCompiled, List<String>> messages) {
        try {
            Path directory = Files.createTempDirectory("refusal");
            try {
                return messages.apply(EclipseCompiled.in(directory, options, files()));
            } finally {
                MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String[] files() {
        return sources.stream().map(Compiled::inExample).toArray(String[]::new);
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
