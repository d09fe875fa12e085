package dev.statedict.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.benchmark.bars.Bars;
import dev.statedict.benchmark.result.Bar;
import dev.statedict.benchmark.result.PublishedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about performance shows the results that are published beside it, and says what each bar is. */
class PerformancePageTest {
    private final PublishedRun results = PublishedRun.parse(Files.readString(Path.of("results.txt")));
    private final PublishedRun onJdk25 = PublishedRun.parse(Files.readString(Path.of("results-jdk25.txt")));
    private final String page = Files.readString(Path.of("../docs/performance.md"));

    PerformancePageTest() throws IOException {}

    @Test
    void itsTableIsThatOfTheLastRun() {
        assertThat(results.rows()).hasSizeGreaterThan(40);
        assertThat(page).as("benchmark/run --page writes it").contains(results.markdown());
    }

    @Test
    void itCountsTheVerdictsOnBothJdks() {
        List<String> shortBars = bars(results, "short");

        assertThat(page.replaceAll("\\s+", " "))
                .contains(String.format(
                        "Of %d bars %d are met in three runs, %d are short in all,",
                        results.rows().size(), bars(results, "ok").size(), shortBars.size()))
                .contains(String.format(
                        "and %d are undecided:", bars(results, "undecided").size()))
                .contains(String.format(
                        "On JDK 25 %d are met, the same %d are short and %d are undecided",
                        bars(onJdk25, "ok").size(),
                        shortBars.size(),
                        bars(onJdk25, "undecided").size()));
        assertThat(bars(onJdk25, "short")).isEqualTo(shortBars);
    }

    private static List<String> bars(PublishedRun run, String verdict) {
        return run.rows().values().stream()
                .filter(row -> row.verdict().equals(verdict))
                .map(PublishedRun.Row::bar)
                .toList();
    }

    @Test
    void itsVerdictsFollowFromItsRatios() {
        for (PublishedRun.Row row : Stream.of(results, onJdk25)
                .flatMap(run -> run.rows().values().stream())
                .toList()) {
            if (row.verdict().equals("missing")) {
                continue;
            }
            List<String> verdicts = List.of(row.ratio().split("/")).stream()
                    .map(ratio -> verdict(row.bar(), Double.parseDouble(ratio), Double.parseDouble(row.target())))
                    .distinct()
                    .toList();

            assertThat(row.verdict()).as(row.bar()).isEqualTo(verdicts.size() == 1 ? verdicts.get(0) : "undecided");
        }
    }

    private static String verdict(String name, double ratio, double target) {
        Bar bar = Bars.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
        boolean speed = bar != null && bar.comparison() == Bar.Comparison.SPEED_AT_LEAST;
        return (speed ? ratio >= target : ratio <= target) ? "ok" : "short";
    }

    @Test
    void itSaysWhatEachBarIs() {
        String told = page.substring(page.indexOf("## What is measured"));

        for (Bar bar : Bars.all()) {
            String name = bar.name();
            assertThat(List.of("`" + name + "`", "`" + name.split("/")[0] + "`", "`" + name.split("/")[0] + "/"))
                    .as(name)
                    .anyMatch(told::contains);
        }
    }
}
