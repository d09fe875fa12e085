package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.codec.Decoder;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that keep all that a dict is. */
class StatedictFileTest {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));
    private static final WriteOptions AS_IT_IS = WriteOptions.defaults().withFormat(CheckpointFormat.STATEDICT);

    @TempDir
    Path directory;

    private static StateDict everything() {
        Tensor weight = Tensor.copyOf(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);
        double[][] rows = {{1, 2}, {3, 4}, {5, 6}};
        return StateDict.builder()
                .put("z.weight", weight)
                .put("a.transposed", weight.transpose(0, 1))
                .put("a.row", weight.select(0, 1), Role.BUFFER, StoredType.BF16)
                .put("matrix", Tensor.wrap(rows))
                .put("backwards", Tensor.wrap(new double[][] {rows[2], rows[1], rows[0]}))
                .put("row", Tensor.wrap(rows[1], 2))
                .put("mask", Tensor.copyOf(new boolean[] {true, false}, 2))
                .put("steps", Tensor.scalarLong(3), Role.COUNTER, StoredType.I64)
                .extraState("a", "text")
                .version("a", 2)
                .build();
    }

    private Path saved(StateDict dict, WriteOptions options) throws IOException {
        Path file = directory.resolve("model.statedict");
        Checkpoints.save(file, dict, options);
        return file;
    }

    @Test
    void aFileIsReadAsTheDictThatWasSaved() throws IOException {
        StateDict dict = everything();

        StateDict loaded = Checkpoints.load(saved(dict, WriteOptions.defaults()));

        assertThat(loaded.contentEquals(dict)).isTrue();
        assertThat(loaded.keySet()).containsExactlyElementsOf(dict.keySet());
        assertThat(loaded.keySet()).allSatisfy(key -> {
            assertThat(loaded.role(key)).isEqualTo(dict.role(key));
            assertThat(loaded.storedType(key)).isEqualTo(dict.storedType(key));
            assertThat(loaded.get(key).strides()).isEqualTo(dict.get(key).strides());
        });
        loaded.get("z.weight").fill(9);
        loaded.get("matrix").fill(8);
        assertThat(loaded.get("a.row").toArray()).containsOnly(9);
        assertThat(loaded.get("backwards").toDoubleArray()).containsOnly(8);
        assertThat(loaded.get("row").toDoubleArray()).containsOnly(8);
        assertThat(TENSORS.wholeRows(loaded.get("matrix"))).isInstanceOf(double[][].class);
    }

    @Test
    void everyDoorGivesTheSameBytes() throws IOException {
        StateDict dict = everything();
        byte[] bytes = Checkpoints.toBytes(dict, AS_IT_IS);

        assertThat(saved(dict, WriteOptions.defaults())).hasBinaryContent(bytes);
        assertThat(Files.write(directory.resolve("of-any.name"), bytes))
                .satisfies(file ->
                        assertThat(Checkpoints.load(file).contentEquals(dict)).isTrue());
        assertThat(Checkpoints.toBytes(Checkpoints.load(saved(dict, WriteOptions.defaults())), AS_IT_IS))
                .isEqualTo(bytes);
    }

    /** Also onto rows: what is read in one pass is what is read by position. */
    @Test
    void aStreamGivesTheDictAsItWas() throws IOException {
        byte[] bytes = Checkpoints.toBytes(everything(), AS_IT_IS);

        StateDict read = Checkpoints.load(new ByteArrayInputStream(bytes));

        assertThat(TENSORS.wholeRows(read.get("matrix"))).isInstanceOf(double[][].class);
        assertThat(Checkpoints.toBytes(read, AS_IT_IS)).isEqualTo(bytes);
    }

    @Test
    void oneTensorIsReadWithoutTheOthers() throws IOException {
        StateDict dict = everything();
        try (Checkpoint checkpoint = Checkpoints.open(saved(dict, WriteOptions.defaults()))) {
            assertThat(checkpoint.keys()).containsExactlyElementsOf(dict.keySet());
            assertThat(checkpoint.storedType("a.row")).isEqualTo(StoredType.F32);
            assertThat(checkpoint.extraState()).isEqualTo(dict.extraState());
            assertThat(checkpoint.versions()).isEqualTo(dict.versions());
            for (String key : dict.keySet()) {
                assertThat(checkpoint.tensor(key).contentEquals(dict.get(key)))
                        .as(key)
                        .isTrue();
                assertThat(checkpoint.shape(key)).isEqualTo(dict.get(key).shape());
            }
            long weight = checkpoint.location("z.weight").offset();
            assertThat(weight % 64).isZero();
            assertThat(checkpoint.location("a.row").offset()).isEqualTo(weight + 12);
            assertThat(checkpoint.location("a.row").byteCount()).isEqualTo(12);
        }
    }

    @Test
    void aPartIsReadWithItsRoles() throws IOException {
        StateDict part = Checkpoints.load(
                saved(everything(), WriteOptions.defaults()),
                ReadOptions.defaults().withPart("a"));

        assertThat(part.keySet()).containsExactly("transposed", "row");
        assertThat(part.role("row")).isEqualTo(Role.BUFFER);
        assertThat(part.storedType("row")).isEqualTo(StoredType.BF16);
        assertThat(part.extraState()).isEqualTo(Map.of("", "text"));
        assertThat(part.versions()).isEqualTo(Map.of("", 2));
        part.get("transposed").fill(1);
        assertThat(part.get("row").toArray()).containsOnly(1);
    }

    @Test
    void textsAndDigestsAreKept() throws IOException {
        Path file = saved(
                everything(),
                WriteOptions.defaults().withMetadata(Map.of("run", "7")).withDigest());
        long steps;
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.metadata()).isEqualTo(Map.of("run", "7"));
            assertThat(checkpoint.digests()).containsOnlyKeys(everything().keySet());
            steps = checkpoint.location("steps").offset();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) steps]++;
        Files.write(file, bytes);

        assertThatThrownBy(() -> Checkpoints.load(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageStartingWith(file + ": \"steps\": its bytes have SHA-256 ")
                .hasMessageEndingWith("; it has changed since it was written");
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.tensor("mask").get(0)).isEqualTo(1);
        }
    }

    @Test
    void aFileThatIsCutOrGoesOnIsRefused() throws IOException {
        Path file = saved(StateDict.builder().put("w", Tensor.zeros(3)).build(), WriteOptions.defaults());
        byte[] bytes = Files.readAllBytes(file);

        for (int length : List.of(bytes.length - 1, bytes.length + 1)) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> Checkpoints.open(file))
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessage(file + ": the header asks for " + bytes.length + " bytes, the file has " + length);
        }
        Files.write(file, Arrays.copyOf(bytes, 100));
        assertThatThrownBy(() -> Checkpoints.open(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file + ": expected 176 bytes at offset 16, the file has 100");
    }

    @Test
    void aRoleOfALaterVersionIsNamed() throws IOException {
        Path file = saved(StateDict.builder().put("w", Tensor.zeros(3)).build(), WriteOptions.defaults());
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Files.write(file, text.replace("PARAMETER", "PARAMETRE").getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Checkpoints.open(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file + ": \"w\": \"PARAMETRE\" is no role that this statedict knows");
    }

    @Test
    void anotherTypeOrShardsAreRefused() {
        assertThatThrownBy(() -> saved(everything(), WriteOptions.defaults().withStoredType(StoredType.F16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a .statedict file keeps elements as they are in memory, not as F16; save as .safetensors or"
                                + " .pt for that, or without a stored type");
        assertThatThrownBy(() -> saved(everything(), WriteOptions.defaults().withShardSize(10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only safetensors is split into shards; save as .safetensors, or without a shard size");
    }

    @Test
    void manyThreadsWriteWhatOneWrites() throws IOException {
        StateDict dict = StateDict.builder()
                .put("large", Tensor.wrap(new float[3_000_000], 3_000_000))
                .put("rows", Tensor.wrap(new float[1_000_000][3]))
                .build();
        dict.get("large").fill(0.5f);
        dict.get("rows").fill(0.25f);

        Path file = saved(dict, WriteOptions.defaults().withFlush(false));

        assertThat(Checkpoints.load(file).contentEquals(dict)).isTrue();
        assertThat(Arrays.equals(Files.readAllBytes(file), Checkpoints.toBytes(dict, AS_IT_IS)))
                .isTrue();
    }

    @Test
    void progressIsToldOfAllBytes() throws IOException {
        Path file = saved(StateDict.builder().put("w", Tensor.zeros(100_000)).build(), WriteOptions.defaults());
        long[] told = new long[2];

        Checkpoints.load(file, ReadOptions.defaults().withProgress((done, total) -> {
            told[0] = done;
            told[1] = total;
        }));

        assertThat(told).containsExactly(400_000, 400_000);
    }

    @Test
    void theBytesAreThoseOfASerializedDict() throws IOException {
        byte[] bytes = Checkpoints.toBytes(everything(), AS_IT_IS);

        assertThat(Decoder.read(new ByteArrayInputStream(bytes)).entries())
                .hasSize(everything().size());
    }
}
