package dev.statedict.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void aFullRunIsWrittenToTheCommittedFile() {
        assertThat(Options.parse("--home", "b").output()).contains(Path.of("b/results.txt"));
        assertThat(Options.parse("--output", "jdk25.txt").output()).contains(Path.of("jdk25.txt"));
    }

    @Test
    void aPartOrAQuickRunIsWrittenOnlyWhereItIsTold() {
        assertThat(Options.parse("alias-2000", "train").output()).isEmpty();
        assertThat(Options.parse("--quick").output()).isEmpty();
        assertThat(Options.parse("--quick", "--output", "quick.txt").output()).contains(Path.of("quick.txt"));
        assertThat(Options.parse("alias-2000", "train").bars()).containsExactly("alias-2000", "train");
    }

    @Test
    void twoRunsAreMergedIntoTheCommittedFile() {
        Options options = Options.parse("--home", "b", "--merge", "first.txt", "second.txt");

        assertThat(options.merged()).containsExactly(Path.of("first.txt"), Path.of("second.txt"));
        assertThat(options.output()).contains(Path.of("b/results.txt"));
    }

    @Test
    void aRunAtOneSizeIsAFullRunAllTheSame() {
        assertThat(Options.parse("--no-growth", "--output", "jdk25.txt").growth())
                .isFalse();
        assertThat(Options.parse().growth()).isTrue();
    }

    @Test
    void aMistakeIsNamed() {
        assertThatThrownBy(() -> Options.parse("--fast"))
                .hasMessage("there is no option --fast;"
                        + " there are --quick, --no-growth, --output, --merge, --page and --home");
        assertThatThrownBy(() -> Options.parse("--output")).hasMessage("--output wants a path after it");
        assertThatThrownBy(() -> Options.parse("--merge", "a.txt")).hasMessage("--merge wants two files after it");
    }
}
