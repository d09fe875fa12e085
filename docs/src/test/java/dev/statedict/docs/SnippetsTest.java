package dev.statedict.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every snippet of a page compiles, runs, and prints what the page shows below it. */
class SnippetsTest {
    static Stream<String> pages() {
        return Stream.of("docs/pytorch.md", "docs/troubleshooting.md");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everySnippetCompilesAndPrintsWhatThePageShows(String name, @TempDir Path directory)
            throws IOException, InterruptedException {
        PageProgram program = new PageProgram(Page.read(name));

        PageProgram.Outcome outcome = program.run(directory);

        assertThat(program.isEmpty()).isFalse();
        assertThat(outcome.printed()).isEqualTo(outcome.shown());
    }
}
