package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is generated for the golden classes, to the letter. */
class GoldenFilesTest {
    @Test
    void theGeneratedSourcesAreTheOnesThatWereReviewed() throws IOException {
        Compiled compiled = Compiled.strictly(GoldenFiles.classes().values().toArray(String[]::new));
        assertThat(compiled.messages()).isEmpty();

        Map<String, String> generated = new TreeMap<>();
        compiled.allGenerated()
                .forEach((path, text) -> generated.put(path.replaceFirst("^/SOURCE_OUTPUT/golden/", ""), text));
        assertThat(generated).isEqualTo(GoldenFiles.interfaces());
    }
}
