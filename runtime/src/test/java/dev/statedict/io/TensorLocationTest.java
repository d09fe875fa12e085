package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where tensors lie, in files of this library and of PyTorch. */
class TensorLocationTest {
    @TempDir
    Path directory;

    private final StateDict dict = StateDict.builder()
            .put("bias", Tensor.wrap(new float[] {-1, 0.5f}, 2))
            .put("weight", Tensor.wrap(new float[] {1, 2, 3, 4, 5, 6}, 2, 3))
            .build();

    @Test
    void theBytesOfATensorAreWhereItIsSaid() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Checkpoints.save(file, dict);

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            TensorLocation weight = checkpoint.location("weight");

            assertThat(weight.file()).isEqualTo(file);
            assertThat(weight.byteCount()).isEqualTo(24);
            assertThat(weight.strides()).containsExactly(3, 1);
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(bytes.getFloat((int) weight.offset())).isEqualTo(1);
            assertThat(bytes.getFloat((int) weight.offset() + 20)).isEqualTo(6);
        }
    }

    @Test
    void theShardThatHasThemIsNamed() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Checkpoints.save(file, dict, WriteOptions.defaults().withShardSize(24));

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.location("bias").file().getFileName())
                    .hasToString("model-00001-of-00002.safetensors");
            assertThat(checkpoint.location("weight").file().getFileName())
                    .hasToString("model-00002-of-00002.safetensors");
        }
    }

    @Test
    void tiedTensorsAreAtOnePlaceAndViewsWithinIt() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(Fixtures.copy("tensors-2.13.pt", directory))) {
            TensorLocation whole = checkpoint.location("encoder.weight");
            TensorLocation row = checkpoint.location("row");

            assertThat(checkpoint.location("decoder.weight")).isEqualTo(whole);
            assertThat(whole.byteCount()).isEqualTo(48);
            assertThat(row.offset()).isEqualTo(whole.offset() + 16);
            assertThat(row.byteCount()).isEqualTo(16);
            assertThat(checkpoint.location("transposed").strides()).isEqualTo(List.of(1, 3));
            assertThat(checkpoint.location("expanded").byteCount()).isEqualTo(4);
            assertThat(checkpoint.location("empty").byteCount()).isZero();
        }
    }

    @Test
    void anUnknownKeyIsNamed() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Checkpoints.save(file, dict);

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThatThrownBy(() -> checkpoint.location("wieght"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no key \"wieght\" in " + file + "; there are \"bias\", \"weight\"");
        }
    }

    @Test
    void theDigestsOfAFileAreToldByKey() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Checkpoints.save(file, dict, WriteOptions.defaults().withDigest());

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.digests()).containsOnlyKeys("bias", "weight");
            // printf '\x00\x00\x80\xbf\x00\x00\x00\x3f' | sha256sum
            assertThat(checkpoint.digests())
                    .containsEntry("bias", "2d4c6c4051964ee0bc3da9f4e9aafaac2d57b5693d9adfa96f75121e65803252");
        }
    }
}
