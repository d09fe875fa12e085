package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TraceTest {
    @Test
    void printsWhatPyTorchPrinted() throws IOException {
        CommandLineRun run = CommandLineRun.of("trace");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(reference());
    }

    @Test
    void saysFirstWhoFollowedWhomUnderEachPairOfPolicies() {
        CommandLineRun run = CommandLineRun.of("trace", "--all");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("""
                                                the dict      the model     a second model
                                                followed      followed      that had loaded the
                stateDict  loadStateDict        the model     the dict      dict followed it
                ALIAS      ALIAS                yes           yes           yes
                ALIAS      COPY (PyTorch's)     yes           yes           no
                COPY       ALIAS                no            yes           yes
                COPY       COPY                 no            no            no

                """);
    }

    @Test
    void headsEachExperimentByItsPoliciesAndItsOutcome() {
        CommandLineRun run = CommandLineRun.of("trace", "--all");

        assertThat(run.out()).contains("""

                        === stateDict ALIAS, loadStateDict ALIAS ===
                        the dict followed the model; the model followed the dict;
                        a second model that had loaded it followed it

                        --- at first: the model, then the dict
                        """).contains("""

                        === stateDict ALIAS, loadStateDict COPY (PyTorch's) ===
                        the dict followed the model; the model followed the dict;
                        a second model that had loaded it did not follow it

                        --- at first: the model, then the dict
                        """).contains("""

                        === stateDict COPY, loadStateDict ALIAS ===
                        the dict did not follow the model; the model followed the dict;
                        a second model that had loaded it followed it

                        --- at first: the model, then the dict
                        """).contains("""

                        === stateDict COPY, loadStateDict COPY ===
                        the dict did not follow the model; the model did not follow the dict;
                        a second model that had loaded it did not follow it

                        --- at first: the model, then the dict
                        """);
    }

    @Test
    void headsEachStepOfAnExperimentByWhatWasDone() throws IOException {
        String[] experiments = CommandLineRun.of("trace", "--all").out().split("(?m)^=== .*\n");
        String[] steps = experiments[2].split("(?m)^--- ");

        assertThat(experiments).hasSize(5);
        assertThat(steps).hasSize(5);
        assertThat(Arrays.stream(steps)
                        .skip(1)
                        .map(step -> step.lines().findFirst().orElseThrow()))
                .containsExactly(
                        "at first: the model, then the dict",
                        "after 123 was written to the model's first row: the model, then the dict",
                        "after the dict was loaded: the model, then the dict",
                        "after 456 was written to the dict's second row: the model, then the dict");
        assertThat(Arrays.stream(steps)
                        .skip(1)
                        .map(step -> step.substring(step.indexOf('\n') + 1).stripTrailing() + "\n")
                        .collect(Collectors.joining()))
                .isEqualTo(reference());
        assertThat(experiments[4]).doesNotContain("123., 123.");
    }

    @Test
    void noLineOfProseIsWiderThanATerminal() {
        assertThat(CommandLineRun.of("trace", "--all").out().lines().filter(line -> !line.contains("[")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    private static String reference() throws IOException {
        try (InputStream file = TraceTest.class.getResourceAsStream("seed-trace.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
