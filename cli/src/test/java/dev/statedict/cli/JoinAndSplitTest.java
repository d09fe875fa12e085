package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
    void whatIsBesideTheTensorsIsSplitAndJoinedToo() throws IOException {
        StateDict dict = StateDict.builder()
                .put("fc.weight", Tensor.scalar(1))
                .put("head", Tensor.scalar(2))
                .extraState("", "of the model")
                .extraState("fc", "of a layer")
                .version("", 3)
                .version("fc", 2)
                .version("fc.norm", 4)
                .build();
        Checkpoints.save(directory.resolve("beside.statedict"), dict);

        CommandRun.of("split", at("beside.statedict"), "--suffix", ".statedict", "--out-dir", at("parts"));
        CommandRun.of(
                "cat",
                "--out",
                at("joined.statedict"),
                at("parts/fc.statedict"),
                at("parts/head.statedict"),
                at("parts/_extra_state.statedict"));

        assertThat(Checkpoints.load(directory.resolve("parts/fc.statedict")).versions())
                .isEqualTo(Map.of("", 3, "fc", 2, "fc.norm", 4));
        assertThat(Checkpoints.load(directory.resolve("parts/head.statedict")).versions())
                .isEqualTo(Map.of("", 3));
        StateDict joined = Checkpoints.load(directory.resolve("joined.statedict"));
        assertThat(joined.contentEquals(dict)).isTrue();
        assertThat(joined.extraState()).isEqualTo(dict.extraState());
        assertThat(joined.versions()).isEqualTo(dict.versions());
    }

    @Test
    void aFileWithoutATensorIsNotSplit() throws IOException {
        Checkpoints.save(
                directory.resolve("none.statedict"), StateDict.builder().build());

        assertComplaint(
                at("none.statedict") + " has no tensor to split; statedict meta shows what it has",
                "split",
                at("none.statedict"),
                "--out-dir",
                at("parts"));
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
