package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.WriteOptions;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    @TempDir
    private Path directory;

    /** A copy of a file with one bit of a tensor's first byte flipped. */
    private Path damaged(Path file, String key) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            bytes[(int) checkpoint.location(key).offset()] ^= 1;
        }
        return Files.write(directory.resolve("damaged-" + file.getFileName()), bytes);
    }

    @Test
    void whatASoundFileHasIsCounted() throws IOException {
        assertThat(CommandRun.of("verify", "model.safetensors"))
                .isEqualTo(new CommandRun(
                        0, "model.safetensors: sound; 77 tensors, 8.8 kB, no sums in it to check against\n", ""));
        assertThat(CommandRun.of("verify", "checkpoint.pt"))
                .isEqualTo(new CommandRun(0, "checkpoint.pt: sound; 11 tensors, 232 B, 17 CRC-32 sums\n", ""));
        assertThat(CommandRun.of("verify", "sharded/model.safetensors.index.json")
                        .out())
                .startsWith("sharded/model.safetensors.index.json: sound; 77 tensors, 9.8 kB");
    }

    @Test
    void aBitThatFlippedInAnArchiveIsFoundAlsoInAPartOfAStorage() throws IOException {
        Path file = directory.resolve("row.pt");
        Checkpoints.save(
                file,
                StateDict.builder().put("row", Tensor.zeros(4, 4).select(0, 1)).build());
        Path damaged = damaged(file, "row");

        assertThat(CommandRun.of("verify", file.toString()).exitCode()).isZero();
        CommandRun run = CommandRun.of("verify", damaged.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("statedict: " + damaged)
                .contains("CRC-32")
                .endsWith("; fetch or save the file anew");
    }

    @Test
    void aBitThatFlippedInATensorWithADigestIsFound() throws IOException {
        Path file = directory.resolve("digest.safetensors");
        Checkpoints.save(
                file,
                StateDict.builder().put("w", Tensor.zeros(2)).build(),
                WriteOptions.defaults().withDigest());
        Path damaged = damaged(file, "w");

        assertThat(CommandRun.of("verify", file.toString()).out())
                .isEqualTo(file + ": sound; 1 tensor, 8 B, 1 SHA-256 digest\n");
        assertThat(CommandRun.of("verify", damaged.toString()).err())
                .startsWith("statedict: " + damaged + ": \"w\": its bytes have SHA-256 ")
                .endsWith("; it has changed since it was written\n");
    }

    @Test
    void aMissingFileIsNamed() {
        assertComplaint("no such file: modle.pt; check the path", "verify", "modle.pt");
    }
}
