package dev.statedict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
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
    @DisabledOnOs(OS.WINDOWS)
    void theLauncherFindsTheJar() throws Exception {
        List<String> command = List.of(MODULE.resolve("bin/statedict").toString(), "ls", "model.safetensors", "steps");

        assertThat(run(command)).isEqualTo(CommandRun.of("ls", "model.safetensors", "steps"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatTheInstallerInstallsRunsAndCompletes(@TempDir Path prefix) throws Exception {
        CommandRun install = run(List.of(MODULE.resolve("bin/install").toString(), prefix.toString()));

        assertThat(install)
                .isEqualTo(new CommandRun(
                        0, "installed " + prefix + "/bin/statedict, and an archive of its classes\n", ""));
        assertThat(run(List.of(prefix + "/bin/statedict", "ls", "model.safetensors", "steps")))
                .isEqualTo(CommandRun.of("ls", "model.safetensors", "steps"));
        if (Files.isExecutable(Path.of("/bin/bash"))) {
            String complete =
                    ". '" + prefix + "/share/bash-completion/completions/statedict'; COMP_WORDS=(statedict ve);"
                            + " COMP_CWORD=1; _complete_statedict; echo \"${COMPREPLY[@]}\"";

            assertThat(run(List.of("/bin/bash", "-c", complete)).out()).isEqualTo("verify\n");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPipeThatClosesEndsItQuietly() throws Exception {
        String ls = String.join(" ", jar("ls", "--json-lines", "model.safetensors"));

        // the pipe is closed before the first line comes
        CommandRun run = run(List.of("/bin/bash", "-c", "(sleep 1; " + ls + "; echo $? >&2) | true"));

        assertThat(run).isEqualTo(new CommandRun(0, "", "141\n"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPipeThatClosesMidwayEndsItQuietly(@TempDir Path directory) throws Exception {
        StateDictBuilder dict = StateDict.builder();
        for (int i = 0; i < 3000; i++) {
            dict.put("layers." + i, Tensor.scalar(i));
        }
        Path file = directory.resolve("long.safetensors");
        Checkpoints.save(file, dict.build());
        String ls = String.join(" ", jar("ls", "--json-lines", file.toString()));

        CommandRun run = run(List.of("/bin/bash", "-c", ls + " | head -n 1"));

        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.err()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsTold() throws Exception {
        String ls = String.join(" ", jar("ls", "model.safetensors"));

        assertThat(run(List.of("/bin/bash", "-c", ls + " >/dev/full")))
                .isEqualTo(new CommandRun(
                        2,
                        "",
                        "statedict: cannot write to standard output: No space left on device; write it elsewhere\n"));
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
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int exitCode = builder.start().waitFor();
        CommandRun run = new CommandRun(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
        Files.delete(out);
        Files.delete(err);
        return run;
    }
}
