package dev.statedict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar that users run, as they run it: each example of each subcommand prints what it does in this process. */
class PackagedJarTest {
    private static final Path MODULE = Path.of(System.getProperty("basedir"));

    private final ExampleDirectory directory = ExampleDirectory.remembered();

    @AfterEach
    void tidy() {
        directory.removeNewFiles();
    }

    static Stream<String> subcommands() {
        return ExamplesTest.subcommands();
    }

    @ParameterizedTest
    @MethodSource("subcommands")
    void eachSubcommandPrintsWhatItDoesHere(String subcommand) throws Exception {
        String[] words =
                CommandWords.of(ExamplesTest.examples(subcommand).get(0).strip());
        CommandRun here = CommandRun.of(words);
        directory.removeNewFiles();

        assertThat(run(jar(words))).isEqualTo(here);
    }

    @Test
    void aComplaintIsOneLineAndTheExitCodeTwo() throws Exception {
        assertThat(run(jar("ls", "modle.safetensors")))
                .isEqualTo(new CommandRun(2, "", "statedict: no such file: modle.safetensors; check the path\n"));
    }

    @Test
    void theVersionIsThatOfTheBuild() throws Exception {
        assertThat(run(jar("--version")).out()).matches("statedict \\d+\\.\\d+\\.\\d+.*\n");
    }

    @Test
    void theLauncherFindsTheJar() throws Exception {
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            List<String> command =
                    List.of(MODULE.resolve("bin/statedict").toString(), "ls", "model.safetensors", "steps");

            assertThat(run(command)).isEqualTo(CommandRun.of("ls", "model.safetensors", "steps"));
        }
    }

    @Test
    void aPipeThatClosesEndsItQuietly() throws Exception {
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            String ls = String.join(" ", jar("ls", "--json-lines", "model.safetensors"));
            String repeated = "for i in 1 2 3 4 5 6 7 8; do " + ls + "; done | head -n 1";

            CommandRun run = run(List.of("/bin/sh", "-c", repeated));

            assertThat(run.out().lines()).hasSize(1);
            assertThat(run.err()).isEmpty();
        }
    }

    private static List<String> jar(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                MODULE.resolve("target/statedict-cli.jar").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static CommandRun run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("statedict", ".out");
        Path err = Files.createTempFile("statedict", ".err");
        int exitCode = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        CommandRun run = new CommandRun(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
        Files.delete(out);
        Files.delete(err);
        return run;
    }
}
