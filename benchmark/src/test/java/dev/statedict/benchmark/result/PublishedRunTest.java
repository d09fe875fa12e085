package dev.statedict.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedRunTest {
    private static final List<String> MACHINE = List.of("date     2026-11-27", "JDK      17");

    private static String run(double ours, double target) {
        Measurements measurements = new Measurements();
        measurements.put("ours", new Value(ours, Unit.MICROSECONDS));
        measurements.put("theirs", new Value(100, Unit.MICROSECONDS));
        return Results.format(
                MACHINE,
                List.of(bar("alias", "ours", target), bar("load", "theirs", 2), bar("train", "torch", 1)),
                measurements);
    }

    private static Bar bar(String name, String ours, double target) {
        return new Bar(
                name,
                new Quantity.Measured(ours),
                new Quantity.Measured("theirs"),
                Bar.Comparison.COST_AT_MOST,
                target);
    }

    @Test
    void aRunIsReadAsItWasWritten() {
        String text = run(90, 1);

        assertThat(PublishedRun.parse(text)).hasToString(text);
    }

    @Test
    void aBarOnWhichTwoRunsDoNotAgreeIsUndecidedAndShowsBothRatios() {
        PublishedRun both = PublishedRun.parse(run(90, 1)).and(PublishedRun.parse(run(110, 1)));

        assertThat(both).hasToString("""
                date     2026-11-27
                JDK      17
                again    2026-11-27, with the same verdicts but for those undecided

                bar         ours       peer          ratio  target    verdict
                alias   90.00 us  100.00 us  0.9000/1.1000  1.0000  undecided
                load   100.00 us  100.00 us         1.0000  2.0000         ok
                train          -  100.00 us              -  1.0000    missing

                BAR alias 0.9000/1.1000 1.0000 undecided
                BAR load 1.0000 2.0000 ok
                BAR train - 1.0000 missing

                measurement     median
                ours          90.00 us
                theirs       100.00 us
                """);
        assertThat(PublishedRun.parse(both.toString())).isEqualTo(both);
    }

    @Test
    void whereTwoRunsAgreeTheFiguresOfTheFirstStand() {
        PublishedRun first = PublishedRun.parse(run(90, 1));

        assertThat(first.and(PublishedRun.parse(run(95, 1))).rows()).isEqualTo(first.rows());
    }

    @Test
    void runsOfOtherBarsAreNotMerged() {
        PublishedRun first = PublishedRun.parse(run(90, 1));

        assertThatThrownBy(() -> first.and(PublishedRun.parse(run(90, 2))))
                .hasMessage(
                        "alias has the target 1.0000 in one run and 2.0000 in the other: they are not of the same bars");
        assertThatThrownBy(() -> first.and(PublishedRun.parse(
                        Results.format(MACHINE, List.of(bar("another", "ours", 1)), new Measurements()))))
                .hasMessage("the second run has bars that the first has not");
    }

    @Test
    void whatTheSecondRunIsWithoutStandsAsTheFirstHasIt() {
        PublishedRun first = PublishedRun.parse(run(90, 1));

        PublishedRun both = first.and(
                PublishedRun.parse(Results.format(MACHINE, List.of(bar("alias", "ours", 1)), new Measurements())));

        assertThat(both.machine()).endsWith("once     2 bars that the second run left out");
        assertThat(both.rows().get("alias").verdict()).isEqualTo("undecided");
        assertThat(both.rows().get("load")).isEqualTo(first.rows().get("load"));
    }

    @Test
    void aThirdRunThatHasAllBarsIsHeldAgainstBothAndSaysWhereItRan() {
        PublishedRun first = PublishedRun.parse(run(90, 1));
        String second = Results.format(MACHINE, List.of(bar("alias", "ours", 1)), new Measurements());
        String elsewhere = run(110, 1).replace("2026-11-27", "2026-12-01").replace("JDK      17", "JDK      25");

        PublishedRun all = first.and(PublishedRun.parse(second)).and(PublishedRun.parse(elsewhere));

        assertThat(all.machine())
                .containsExactly(
                        "date     2026-11-27",
                        "JDK      17",
                        "again    2026-11-27, with the same verdicts but for those undecided",
                        "again    2026-12-01, with the same verdicts but for those undecided",
                        "there    JDK      25");
        assertThat(all.rows().get("alias").ratio()).isEqualTo("0.9000/-/1.1000");
    }

    @Test
    void whatIsNoRunIsRefused() {
        assertThatThrownBy(() -> PublishedRun.parse("nothing"))
                .hasMessage("no results: they have four parts with an empty line between them");
        assertThatThrownBy(() -> PublishedRun.parse("machine\n\nbar  ratio\nalias  1.0\n\nBAR alias\n\nmeasurement\n"))
                .hasMessage("no row of a table of bars: alias  1.0");
    }

    @Test
    void aPageShowsItAsATable() {
        assertThat(PublishedRun.parse(run(110, 1)).markdown()).isEqualTo("""
                | bar | ours | peer | ratio | target | |
                |---|--:|--:|--:|--:|---|
                | `alias` | 110.00 us | 100.00 us | 1.1000 | 1.0000 | **short** |
                | `load` | 100.00 us | 100.00 us | 1.0000 | 2.0000 | ok |
                | `train` | - | 100.00 us | - | 1.0000 | **missing** |
                """);
    }
}
