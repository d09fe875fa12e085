package dev.statedict.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the runtime's Javadoc shows compiles, and is there: javadoc itself looks for it on JDK 18 and later. */
class JavadocSnippetsTest {
    private static final Path SOURCES = Path.of("../runtime/src/main/java");
    private static final Path SNIPPETS = Path.of("../runtime/src/snippets");
    private static final Pattern SHOWN = Pattern.compile("\\{@snippet class=\"([^\"]+)\" region=\"([^\"]+)\"}");
    private static final Pattern ANY = Pattern.compile("\\{@snippet");
    private static final Pattern REGION = Pattern.compile("// @start region=\"([^\"]+)\"");
    private static final Pattern END = Pattern.compile("// @end");

    private static Set<Path> files(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String className(Path file) {
        String path = SNIPPETS.relativize(file).toString().replace('\\', '/');
        return path.substring(0, path.length() - ".java".length()).replace('/', '.');
    }

    @Test
    void everySnippetCompiles(@TempDir Path directory) throws IOException {
        Javac javac = new Javac(directory);
        files(SNIPPETS).forEach(file -> javac.source(className(file).replace('.', '/') + ".java", text(file)));

        String said = javac.compile(
                "-cp",
                Javac.CLASS_PATH,
                "-processorpath",
                Javac.CLASS_PATH,
                "-Xlint:all,-processing,-path,-classfile,-try");

        assertThat(said).isEmpty();
    }

    @Test
    void everyRegionIsShownAndWhatIsShownIsARegion() {
        Set<String> regions = files(SNIPPETS).stream()
                .flatMap(file ->
                        REGION.matcher(text(file)).results().map(region -> className(file) + " " + region.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> shown = files(SOURCES).stream()
                .flatMap(file -> SHOWN.matcher(text(file)).results())
                .map(snippet -> snippet.group(1) + " " + snippet.group(2))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(shown).hasSizeGreaterThan(20).isEqualTo(regions);
    }

    @Test
    void everySnippetIsOfThatForm() {
        for (Path file : files(SOURCES)) {
            assertThat(SHOWN.matcher(text(file)).results().count())
                    .as(file.toString())
                    .isEqualTo(ANY.matcher(text(file)).results().count());
        }
        for (Path file : files(SNIPPETS)) {
            assertThat(END.matcher(text(file)).results().count())
                    .as(file.toString())
                    .isEqualTo(REGION.matcher(text(file)).results().count());
        }
    }
}
