package dev.statedict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/cli.md} shows what the command prints. In its {@code console} blocks each line that begins with {@code $
 * statedict} is run among the examples, and what it prints, on standard output and standard error, is put below it; {@code
 * -Dstatedict.docs.update=true} writes the page anew.
 */
class PageTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir"), "..", "docs", "cli.md");
    private static final String PROMPT = "$ ";
    private static final String EXIT_CODE = "; echo $?";

    @Test
    void thePageShowsWhatIsPrinted() throws IOException {
        String page = Files.readString(PAGE);
        ExampleDirectory directory = ExampleDirectory.remembered();
        String printed = printed(page.lines().toList());
        directory.removeNewFiles();

        if (Boolean.getBoolean("statedict.docs.update")) {
            Files.writeString(PAGE, printed);
        }
        assertThat(printed.lines().filter(line -> line.startsWith(PROMPT))).isNotEmpty();
        assertThat(printed).isEqualTo(Files.readString(PAGE));
    }

    private static String printed(List<String> lines) {
        StringBuilder page = new StringBuilder();
        boolean console = false;
        for (String line : lines) {
            if (line.startsWith("```")) {
                console = line.equals("```console");
            } else if (console && !line.startsWith(PROMPT)) {
                continue;
            }
            page.append(line).append('\n');
            if (console && line.startsWith(PROMPT)) {
                page.append(run(line.substring(PROMPT.length())));
            }
        }
        return page.toString();
    }

    private static String run(String command) {
        boolean withExitCode = command.endsWith(EXIT_CODE);
        CommandRun run = CommandRun.of(CommandWords.of(command.replace(EXIT_CODE, "")));
        return run.out() + run.err() + (withExitCode ? run.exitCode() + "\n" : "");
    }
}
