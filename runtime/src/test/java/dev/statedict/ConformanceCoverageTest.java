package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.json.JsonReader;
import dev.statedict.json.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each case of {@code conformance.json} is a test, or named in {@code docs/deviations.md}. */
class ConformanceCoverageTest {
    /** The tests of the processor run the cases with the tags core and assign from the file itself, all there are. */
    private static final Set<String> TAGS = Set.of("containers", "extra-state", "hooks", "dtype", "dynamic");

    /** Case ids with their tags. */
    private static Map<String, String> cases() throws IOException {
        Map<String, String> cases = new LinkedHashMap<>();
        try (InputStream in = ConformanceCoverageTest.class.getResourceAsStream("conformance.json")) {
            JsonReader json = new JsonReader(in.readAllBytes());
            json.beginObject();
            while (json.hasNext()) {
                if (!json.nextName().equals("cases")) {
                    json.skipValue();
                    continue;
                }
                json.beginArray();
                while (json.hasNext()) {
                    readCase(json, cases);
                }
                json.endArray();
            }
            json.endObject();
        }
        return cases;
    }

    private static void readCase(JsonReader json, Map<String, String> cases) throws IOException {
        String id = "";
        String tag = "";
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (json.peek() == JsonToken.STRING && name.equals("id")) {
                id = json.nextString();
            } else if (name.equals("tag")) {
                tag = json.nextString();
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        cases.put(id, tag);
    }

    /** All text in which a case may be named: the tests of all modules, and the page of deviations. */
    private static String texts() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        StringBuilder texts = new StringBuilder(Files.readString(root.resolve("docs/deviations.md")));
        for (String module : List.of("runtime", "processor")) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/test/java"))) {
                for (Path file :
                        (Iterable<Path>) files.filter(path -> path.toString().endsWith(".java"))::iterator) {
                    texts.append(Files.readString(file));
                }
            }
        }
        return texts.toString();
    }

    @Test
    void everyCaseIsATestOrANamedDeviation() throws IOException {
        String texts = texts();
        Map<String, String> cases = cases();

        assertThat(cases).hasSize(91);
        assertThat(cases.entrySet())
                .filteredOn(entry -> TAGS.contains(entry.getValue()))
                .extracting(Map.Entry::getKey)
                .isNotEmpty()
                .allMatch(texts::contains);
    }
}
