package dev.statedict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What {@code --help} shows as an example runs, and does not complain. */
class ExamplesTest {
    private final ExampleDirectory directory = ExampleDirectory.remembered();

    static Stream<String> subcommands() {
        return StatedictApplication.commandLine(Screen.ofProcess()).getSubcommands().keySet().stream();
    }

    @AfterEach
    void tidy() {
        directory.removeNewFiles();
    }

    static List<String> examples(String subcommand) {
        CommandLine command = StatedictApplication.commandLine(Screen.ofProcess())
                .getSubcommands()
                .get(subcommand);
        return Arrays.stream(command.getCommandSpec().usageMessage().footer())
                .filter(line -> line.startsWith("  statedict "))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("subcommands")
    void theExamplesOfEachSubcommandRun(String subcommand) {
        List<String> examples = examples(subcommand);

        assertThat(examples).as("examples of %s", subcommand).isNotEmpty();
        for (String example : examples) {
            CommandRun run = CommandRun.of(CommandWords.of(example.strip()));

            assertThat(run.err()).as(example).isEmpty();
            assertThat(run.exitCode()).as(example).isBetween(0, 1);
            assertThat(run.out()).as(example).isNotEmpty();
            assertThat(CommandRun.of(subcommand, "--help").out()).contains(example);
        }
    }
}
