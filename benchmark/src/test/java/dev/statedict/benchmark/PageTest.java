package dev.statedict.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.benchmark.result.PublishedRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final PublishedRun RUN = new PublishedRun(
            List.of("date 2026-11-27"),
            Map.of("alias", new PublishedRun.Row("alias", "1.00 us", "2.00 us", "0.5000", "1.0000", "ok")),
            "");

    @Test
    void itsTableOfBarsIsReplacedAndNothingElse() {
        assertThat(Page.with(RUN, """
                Before.

                | bar | ours | peer | ratio | target | |
                |---|--:|--:|--:|--:|---|
                | `old` | 1 us | 1 us | 1 | 1 | ok |
                | `older` | 1 us | 1 us | 1 | 1 | ok |

                | bar | ours | peer |
                |---|---|---|
                | `old` | this | that |
                """)).isEqualTo("""
                Before.

                | bar | ours | peer | ratio | target | |
                |---|--:|--:|--:|--:|---|
                | `alias` | 1.00 us | 2.00 us | 0.5000 | 1.0000 | ok |

                | bar | ours | peer |
                |---|---|---|
                | `old` | this | that |
                """);
    }

    @Test
    void aPageWithoutATableIsRefused() {
        assertThatThrownBy(() -> Page.with(RUN, "Nothing.\n")).hasMessage("the page has no table of bars");
    }
}
