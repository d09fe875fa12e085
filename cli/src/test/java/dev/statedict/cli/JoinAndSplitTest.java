package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinAndSplitTest {
    @TempDir
    private Path directory;

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void whatIsSplitIsJoinedAgain() {
        CommandRun split = CommandRun.of("split", "sharded/model.safetensors.index.json", "--out-dir", at("parts"));
        CommandRun joined = CommandRun.of(
                "cat",
                "--out",
                at("joined.pt"),
                at("parts/head.safetensors"),
                at("parts/steps.safetensors"),
                at("parts/layers.safetensors"),
                at("parts/norm.safetensors"),
                at("parts/embed.safetensors"));

        assertThat(split.out().lines())
                .hasSize(5)
                .contains("wrote " + at("parts/layers.safetensors") + ": 72 tensors, 7.7 kB");
        assertThat(joined.out()).isEqualTo("wrote " + at("joined.pt") + ": 77 tensors, 9.8 kB\n");
        assertThat(CommandRun.of("diff", "--tensors-only", at("joined.pt"), "model.safetensors")
                        .exitCode())
                .isZero();
    }

    @Test
    void theFormatOfThePartsIsThatOfTheSuffix() {
        CommandRun.of("split", "--suffix", ".pt", "model.safetensors", "--out-dir", at("parts"));

        assertThat(CommandRun.of("verify", at("parts/norm.pt")).out()).contains("CRC-32");
    }

    @Test
    void keysThatBothHaveAreNamed() {
        assertComplaint(
                "diverged.safetensors has keys that are there already: \"weight\"; statedict rename --add-prefix keeps them"
                        + " apart",
                "cat",
                "--out",
                at("a.pt"),
                "diverged.safetensors",
                "diverged.safetensors");
    }

    @Test
    void aKeyNeverLeadsOutOfTheDirectory() throws IOException {
        for (String key :
                new String[] {"../../evil.weight", "/etc/evil", "..", "a/b.c", "C:x", "", ".hidden", "nul\0"}) {
            Path file = directory.resolve("hostile.pt");
            Checkpoints.save(
                    file, StateDict.builder().put(key, Tensor.scalar(1)).build());

            CommandRun run = CommandRun.of("split", file.toString(), "--out-dir", at("parts"));

            assertThat(run.exitCode()).as(key).isEqualTo(2);
            assertThat(run.err().lines()).singleElement().asString().contains("begins with what is no name of a file");
            assertThat(Files.exists(directory.resolve("parts"))).isFalse();
        }
    }
}
