package dev.statedict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A directory of Hugging Face stands wherever a file may. */
class DirectoryTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sharded", "bin", "bin/pytorch_model.bin.index.json"})
    void itsTensorsAreListedShownAndCompared(String weights) {
        assertThat(CommandRun.of("ls", weights).out())
                .contains("layers.{0..11}.norm.weight", "77 tensors of F32, I64, 2,449 elements, 9.8 kB");
        assertThat(CommandRun.of("show", weights, "norm.bias").out())
                .startsWith("norm.bias  [8]  F32  32 B at offset ");
        assertThat(CommandRun.of("meta", weights).out()).contains("total_size");
        assertThat(CommandRun.of("diff", "--tensors-only", weights, "legacy.pt").exitCode())
                .isZero();
        assertThat(CommandRun.of("check", weights, "--schema", "classes").exitCode())
                .isZero();
    }

    @Test
    void itsSumsAreThoseOfAllItsFiles() {
        assertThat(CommandRun.of("verify", "bin").out())
                .matches("bin: sound; 77 tensors, 9.8 kB, \\d{2} CRC-32 sums\n");
        assertThat(CommandRun.of("verify", "sharded").out())
                .isEqualTo("sharded: sound; 77 tensors, 9.8 kB, no sums in it to check against\n");
    }

    @Test
    void itIsRenamedJoinedAndSplit() {
        String renamed = directory.resolve("renamed.safetensors").toString();
        String joined = directory.resolve("joined.pt").toString();

        assertThat(CommandRun.of("rename", "--add-prefix", "a.", "bin", renamed).err())
                .isEmpty();
        assertThat(CommandRun.of("cat", "--out", joined, "sharded", renamed).out())
                .startsWith("wrote " + joined + ": 154 tensors");
        assertThat(CommandRun.of(
                                "split",
                                "bin",
                                "--out-dir",
                                directory.resolve("parts").toString())
                        .out()
                        .lines())
                .hasSize(5);
    }

    @Test
    void allItsPicklesAreScanned() {
        CommandRun run = CommandRun.of("scan", "bin");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        "bin/pytorch_model-00001-of-00002.bin is plain",
                        "bin/pytorch_model-00002-of-00002.bin is plain");
        assertThat(CommandRun.of("scan", "--json", "bin").out()).startsWith("[\n");
        // the examples' own directory, of which one file is not plain
        assertThat(CommandRun.of("scan", ".").exitCode()).isEqualTo(1);
    }
}
