package dev.statedict.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about performance shows the results that are published beside it. */
class PerformancePageTest {
    private static final Pattern RESULT =
            Pattern.compile("^(\\S+) {2,}(\\S+(?: \\S+)?) {2,}(\\S+(?: \\S+)?) {2,}(\\S+) +(\\S+) +(ok|short)$");
    private static final Pattern ROW = Pattern.compile(
            "^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| \\**(ok|short)\\** \\|$");

    /** A bar as either of the two shows it. */
    private record Shown(String name, String ours, String peer, double ratio, double target, String verdict) {
        static List<Shown> in(String file, Pattern line) throws IOException {
            return Files.readAllLines(Path.of(file)).stream()
                    .flatMap(text -> line.matcher(text).results())
                    .map(Shown::of)
                    .toList();
        }

        private static Shown of(MatchResult match) {
            return new Shown(
                    match.group(1),
                    match.group(2),
                    match.group(3),
                    Double.parseDouble(match.group(4)),
                    Double.parseDouble(match.group(5)),
                    match.group(6));
        }
    }

    private final List<Shown> results = Shown.in("results.txt", RESULT);
    private final List<Shown> page = Shown.in("../docs/performance.md", ROW);

    PerformancePageTest() throws IOException {}

    @Test
    void itsTableHasTheBarsOfTheLastRun() {
        assertThat(results).hasSizeGreaterThan(40);
        assertThat(page)
                .extracting(Shown::name)
                .isEqualTo(results.stream().map(Shown::name).toList());
        assertThat(page)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("ratio", "target")
                .isEqualTo(results);
    }

    @Test
    void itsFiguresAreThoseOfTheLastRun() {
        for (int i = 0; i < page.size(); i++) {
            Shown shown = page.get(i);
            assertThat(shown.ratio()).as(shown.name()).isCloseTo(results.get(i).ratio(), withinPercentage(0.1));
            assertThat(shown.target()).as(shown.name()).isCloseTo(results.get(i).target(), withinPercentage(0.1));
        }
    }
}
