package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is generated for the classes in {@code src/test/resources/.../golden}, to the letter; it lies beside them, for
 * reading.
 */
class GoldenFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/statedict/processor/golden");

    @Test
    void theGeneratedSourcesAreTheOnesThatWereReviewed() throws IOException {
        Map<String, String> classes = files(false);
        Compiled compiled = Compiled.strictly(classes.values().toArray(String[]::new));
        assertThat(compiled.messages()).isEmpty();

        Map<String, String> generated = new TreeMap<>();
        compiled.allGenerated()
                .forEach((path, text) -> generated.put(path.replaceFirst("^/SOURCE_OUTPUT/golden/", ""), text));
        assertThat(generated).isEqualTo(files(true));
    }

    private static Map<String, String> files(boolean generated) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith("State.java") == generated) {
                    texts.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return texts;
    }
}
