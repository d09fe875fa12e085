package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch writes and reads and that look broken to who expects the usual. */
class OddButSoundTest {
    @TempDir
    Path directory;

    @Test
    void aSumOfZeroWasNotComputed() throws IOException {
        StateDict dict = Checkpoints.load(Fixtures.copy("no-crc.pt", directory));

        assertThat(dict.get("weight").toArray()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(dict.get("bias").toArray()).containsExactly(0.5f, -0.5f);
    }

    @Test
    void storagesThatWereLeftOutAreZeros() throws IOException {
        StateDict dict = Checkpoints.load(Fixtures.copy("skipped.pt", directory));

        assertThat(dict.get("weight").toArray()).containsOnly(0).hasSize(6);
    }

    @Test
    void aStorageMayHaveBytesBehindItsLastElement() throws IOException {
        Path file = Fixtures.copy("odd.pt", directory);

        assertThat(Checkpoints.load(file).get("w").toArray()).containsExactly(256, 770, 1284);
    }

    @Test
    void theBytesBehindTheLastElementAreSummedToo() throws IOException {
        Path file = Fixtures.copy("odd.pt", directory);
        byte[] content = Files.readAllBytes(file);
        int last = new String(content, StandardCharsets.ISO_8859_1).indexOf("\0\1\2\3\4\5\6") + 6;
        content[last] ^= 1;
        Files.write(file, content);

        assertThatThrownBy(() -> Checkpoints.load(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file + ": \"w\": the 7 bytes at offset 768 have CRC-32 da5f396f, expected ad5809f9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol-3.pt", "legacy-protocol-3.pt"})
    void protocol3IsReadAsByPytorch(String name) throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(Fixtures.copy(name, directory))) {
            assertThat(checkpoint.tensor("w").toArray()).containsExactly(1, 1);
            assertThat(checkpoint.values()).hasToString("{epoch=3}");
        }
    }

    @Test
    void protocol4IsRefusedAsByPytorchWithAMend() {
        Path zip = Fixtures.copy("protocol-4.pt", directory);
        Path legacy = Fixtures.copy("legacy-protocol-4.pt", directory);

        assertThatThrownBy(() -> Checkpoints.load(zip))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(zip
                        + ": pickle, offset 66: the instruction 0x95 of protocol 4, in which PyTorch itself reads no"
                        + " file by weights_only=True; save again without pickle_protocol");
        assertThatThrownBy(() -> Checkpoints.load(legacy))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(legacy
                        + ": pickle, offset 2: the instruction 0x95 of protocol 4, in which PyTorch itself reads no file by weights_only=True;"
                        + " save again without pickle_protocol");
    }

    @Test
    void bytearraysAreBytesAndComplexNumbersTwoNumbers() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(Fixtures.copy("values.pt", directory))) {
            assertThat(checkpoint.values())
                    .containsOnlyKeys("array", "empty", "complex")
                    .containsEntry("array", ByteBuffer.wrap(new byte[] {0, -1}))
                    .containsEntry("empty", ByteBuffer.allocate(0))
                    .containsEntry("complex", List.of(1.5, -2.0));
        }
    }

    @Test
    void keysThatAreNoTextsAreListedAsPythonPrintsThem() throws IOException {
        List<String> printed = Files.readAllLines(Fixtures.copy("keys.txt", directory));

        assertThat(Checkpoints.load(Fixtures.copy("keys.pt", directory)).keySet())
                .containsExactlyElementsOf(printed);
    }
}
