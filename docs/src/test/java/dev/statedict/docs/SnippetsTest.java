package dev.statedict.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every snippet of a page compiles, runs, and prints what the page shows below it. */
class SnippetsTest {
    static Stream<String> pages() {
        return Stream.of(
                "README.md",
                "docs/adopting.md",
                "docs/files.md",
                "docs/loading.md",
                "docs/pytorch.md",
                "docs/schemas.md",
                "docs/state-dicts.md",
                "docs/tensor.md",
                "docs/training.md",
                "docs/troubleshooting.md");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everySnippetCompilesAndPrintsWhatThePageShows(String name, @TempDir Path directory)
            throws IOException, InterruptedException {
        List<PageProgram> programs = PageProgram.of(Page.read(name));

        assertThat(programs).isNotEmpty();
        for (int i = 0; i < programs.size(); i++) {
            PageProgram.Outcome outcome = programs.get(i).run(directory.resolve("program-" + (i + 1)));

            assertThat(outcome.printed()).isEqualTo(outcome.shown());
        }
    }
}
