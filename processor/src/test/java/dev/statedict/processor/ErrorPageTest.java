package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.processor.model.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/errors.md} holds every error, its words, an example that gives it, and one that does not. */
class ErrorPageTest {
    private static final Path PAGE = Path.of("..", "docs", "errors.md");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("```sh\njavac (\\S+) .*?```", Pattern.DOTALL);

    @Test
    void everyErrorHasItsEntryInTheOrderOfTheCatalogue() throws IOException {
        assertThat(entries().map(Entry::identifier).toList())
                .isEqualTo(Arrays.stream(Diagnostic.values())
                        .map(Diagnostic::identifier)
                        .toList());
    }

    @Test
    void theListAtTheTopLinksToEveryEntry() throws IOException {
        String introduction = Files.readString(PAGE).split("(?m)^## ")[0];

        assertThat(entries())
                .allSatisfy(entry -> assertThat(introduction)
                        .contains("[" + entry.identifier + "](#" + entry.identifier.toLowerCase(Locale.ROOT) + ")"));
    }

    @TestFactory
    Stream<DynamicTest> anExampleGivesItsErrorAndItsMendNone() throws IOException {
        return entries()
                .filter(entry -> entry.examples().size() == 2)
                .map(entry -> DynamicTest.dynamicTest(entry.identifier, () -> {
                    assertThat(messages(entry.examples().get(0))).containsExactly(entry.message());
                    assertThat(messages(entry.examples().get(1))).isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> aChangeOfALockedExampleGivesItsErrorAndItsMendNone(@TempDir Path locks) throws IOException {
        return entries()
                .filter(entry -> entry.examples().size() == 3)
                .map(entry -> DynamicTest.dynamicTest(entry.identifier, () -> {
                    List<String> examples = entry.examples();
                    Lock lock = Lock.of(locks.resolve(entry.identifier), examples.get(0));
                    assertThat(messages(examples.get(1), List.of(lock.option())))
                            .containsExactly(entry.message());
                    assertThat(messages(examples.get(2), List.of(lock.option())))
                            .isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> anOptionGivesItsError() throws IOException {
        return entries()
                .filter(entry -> !entry.options().isEmpty())
                .map(entry -> DynamicTest.dynamicTest(
                        entry.identifier,
                        () -> assertThat(messages("@StateModule class Net implements NetState {}", entry.options()))
                                .containsExactly(entry.message())));
    }

    private static List<String> messages(String source, List<String> options) {
        return Compiled.withOptions(options, Compiled.inExample(source)).messages().stream()
                .map(message -> message.replaceFirst(".*?\\[statedict:", "[statedict:"))
                .toList();
    }

    private static List<String> messages(String source) {
        return messages(source, List.of());
    }

    private record Entry(String identifier, String text) {
        String message() {
            String quoted = text.lines()
                    .filter(line -> line.startsWith("> "))
                    .map(line -> line.substring(2))
                    .findFirst()
                    .orElseThrow();
            return "[statedict:" + identifier + "] " + quoted;
        }

        List<String> examples() {
            return groups(BLOCK);
        }

        List<String> options() {
            return groups(COMMAND);
        }

        private List<String> groups(Pattern pattern) {
            return pattern.matcher(text)
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList();
        }
    }

    private static Stream<Entry> entries() throws IOException {
        return Arrays.stream(Files.readString(PAGE).split("(?m)^## "))
                .skip(1)
                .map(entry -> new Entry(entry.substring(0, entry.indexOf('\n')), entry));
    }
}
