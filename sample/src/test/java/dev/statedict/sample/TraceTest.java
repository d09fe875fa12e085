package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TraceTest {
    @Test
    void printsWhatPyTorchPrinted() throws IOException {
        CommandLineRun run = CommandLineRun.of("trace");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(reference());
    }

    @Test
    void saysInWordsWhoFollowedWhomUnderEachPolicy() {
        CommandLineRun run = CommandLineRun.of("trace", "--all");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("stateDict ")))
                .containsExactly(
                        "stateDict ALIAS, loadStateDict ALIAS: the dict followed the model; the model followed the dict;"
                                + " a second model that had loaded it followed it",
                        "stateDict ALIAS, loadStateDict COPY (PyTorch's): the dict followed the model; the model followed"
                                + " the dict; a second model that had loaded it did not follow it",
                        "stateDict COPY, loadStateDict ALIAS: the dict did not follow the model; the model followed the"
                                + " dict; a second model that had loaded it followed it",
                        "stateDict COPY, loadStateDict COPY: the dict did not follow the model; the model did not follow"
                                + " the dict; a second model that had loaded it did not follow it");
    }

    @Test
    void showsTheExperimentOfEachPolicyAboveItsSentence() throws IOException {
        String[] experiments = CommandLineRun.of("trace", "--all").out().split("\n\n");

        assertThat(experiments).hasSize(4);
        assertThat(experiments[1]).startsWith(reference());
        assertThat(experiments[3]).doesNotContain("123., 123.");
    }

    private static String reference() throws IOException {
        try (InputStream file = TraceTest.class.getResourceAsStream("seed-trace.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
