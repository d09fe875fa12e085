package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of PyTorch 1.13 and 2.13, made by make-pytorch.py, and our own of the same form. */
class PytorchTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("model.pt");
    }

    private StateDict load(String fixture) throws IOException {
        return Checkpoints.load(Fixtures.copy(fixture, directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tensors-1.13.pt", "tensors-2.13.pt", "legacy-1.13.pt", "legacy-2.13.pt", "big-endian.pt"})
    void everyTypeAndLayoutIsRead(String fixture) throws IOException {
        StateDict dict = load(fixture);

        assertThat(dict.get("encoder.weight").shape()).containsExactly(3, 4);
        assertThat(dict.get("encoder.weight").toArray()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(dict.get("transposed").contentEquals(Tensor.wrap(new float[] {0, 3, 1, 4, 2, 5}, 3, 2)))
                .isTrue();
        assertThat(dict.get("transposed").strides()).containsExactly(1, 3);
        assertThat(dict.get("row").toArray()).containsExactly(4, 5, 6, 7);
        assertThat(dict.get("slice").toArray()).containsExactly(10, 11);
        assertThat(dict.get("far").toArray()).containsExactly(50, 51);
        assertThat(dict.get("expanded").shape()).containsExactly(2, 3);
        assertThat(dict.get("expanded").toArray()).containsExactly(7, 7, 7, 7, 7, 7);
        assertThat(dict.get("scalar").shape()).isEmpty();
        assertThat(dict.get("scalar").item()).isEqualTo(-1.5f);
        assertThat(dict.get("empty").shape()).containsExactly(0, 3);
        assertThat(dict.get("parameter").toArray()).containsExactly(1, 2);
        assertThat(dict.get("f64").toArray()).containsExactly(0.5f, Float.POSITIVE_INFINITY);
        assertThat(dict.get("f16").toArray()).containsExactly(0.5f, 65504);
        assertThat(dict.get("bf16").toArray()).containsExactly(1, -0x1p127f);
        assertThat(dict.get("i64").toArray()).containsExactly(0x1p24f, -0x1p62f);
        assertThat(dict.get("i32").toArray()).containsExactly(-1);
        assertThat(dict.get("i16").toArray()).containsExactly(-32768);
        assertThat(dict.get("i8").toArray()).containsExactly(-128, 127);
        assertThat(dict.get("u8").toArray()).containsExactly(255);
        assertThat(dict.get("bool").toArray()).containsExactly(1, 0);
        assertThat(dict.storedType("i64")).isEqualTo(StoredType.I64);
        assertThat(dict.storedType("bool")).isEqualTo(StoredType.BOOL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tensors-2.13.pt", "legacy-2.13.pt"})
    void unsignedTypesAndAttributesOfTensorsAreRead(String fixture) throws IOException {
        StateDict dict = load(fixture);

        assertThat(dict.get("u16").toArray()).containsExactly(65535);
        assertThat(dict.get("u32").toArray()).containsExactly(0x1p31f);
        assertThat(dict.get("u64").toArray()).containsExactly(0x1p62f);
        assertThat(dict.get("marked").toArray()).containsExactly(3);
        assertThat(dict.get("noted").toArray()).containsExactly(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tensors-1.13.pt", "tensors-2.13.pt", "legacy-1.13.pt", "legacy-2.13.pt", "big-endian.pt"})
    void tiesAndViewsShareStorageAsTheyDid(String fixture) throws IOException {
        StateDict dict = load(fixture);

        dict.get("encoder.weight").set(99, 1, 0);

        assertThat(TieGroups.tied(dict.get("decoder.weight"), dict.get("encoder.weight")))
                .isTrue();
        assertThat(dict.get("decoder.weight").get(1, 0)).isEqualTo(99);
        assertThat(dict.get("row").get(0)).isEqualTo(99);
        assertThat(dict.get("slice").sharesStorageWith(dict.get("far"))).isTrue();
        assertThat(dict.get("slice").storage())
                .as("of the storage only what is used")
                .hasSize(42);
        assertThat(dict.get("slice").sharesStorageWith(dict.get("row"))).isFalse();
    }

    @Test
    void everyBitOfEveryTypeIsReadAndWrittenAgain() throws IOException {
        Path reference = Fixtures.copy("exact.pt", directory);
        StateDict dict = Checkpoints.load(reference);

        Checkpoints.save(file(), dict);

        assertThat(storages(file())).hasSize(17).isEqualTo(storages(reference));
        // exact.safetensors has the same tensors, from the same bits
        Path other = directory.resolve("model.safetensors");
        Checkpoints.save(other, dict, WriteOptions.defaults().withMetadata(Map.of("format", "pt")));
        assertThat(other).hasSameBinaryContentAs(Fixtures.copy("exact.safetensors", directory));
    }

    /** The bytes of each storage by its number, which is that of its tensor in the order of the dict. */
    private static Map<String, String> storages(Path file) throws IOException {
        Map<String, String> storages = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                String name = entry.getName();
                if (name.contains("/data/")) {
                    storages.put(
                            name.substring(name.indexOf('/')),
                            HexFormat.of().formatHex(zip.getInputStream(entry).readAllBytes()));
                }
            }
        }
        return storages;
    }

    @Test
    void theOrderIsThatOfTheDict() throws IOException {
        assertThat(load("tensors-1.13.pt").keySet())
                .startsWith("encoder.weight", "decoder.weight", "transposed", "row", "slice", "far")
                .endsWith("i8", "u8", "bool");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint-1.13.pt", "checkpoint-2.13.pt"})
    void nestedDictsBecomeDottedPaths(String fixture) throws IOException {
        StateDict dict = load(fixture);

        assertThat(dict.keySet())
                .containsSubsequence(
                        "model.fc.weight",
                        "model.fc.bias",
                        "model.norm.weight",
                        "model.norm.bias",
                        "model.norm.running_mean",
                        "model.norm.running_var",
                        "model.norm.num_batches_tracked",
                        "optimizer.state.0.exp_avg",
                        "optimizer.state.3.exp_avg",
                        "history.0",
                        "history.1",
                        "parameters.fc.weight",
                        "parameters.norm.bias");
        assertThat(dict.get("model.fc.weight").toArray()).containsExactly(0.25f, 0.25f);
        assertThat(dict.get("parameters.fc.weight").sharesStorageWith(dict.get("model.fc.weight")))
                .as("state_dict() is an alias, and so it is stored")
                .isTrue();
        assertThat(dict.extraState()).containsExactly(entry("model.fc", Map.of("vocabulary", "a b")));
        assertThat(dict.versions())
                .as("PyTorch's versions are not those of our classes")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint-1.13.pt", "checkpoint-2.13.pt"})
    void aPartIsChosenByItsPath(String fixture) throws IOException {
        Path path = Fixtures.copy(fixture, directory);

        StateDict model = Checkpoints.load(path, ReadOptions.defaults().withPart("model"));

        assertThat(model.keySet())
                .containsExactly(
                        "fc.weight",
                        "fc.bias",
                        "norm.weight",
                        "norm.bias",
                        "norm.running_mean",
                        "norm.running_var",
                        "norm.num_batches_tracked");
        assertThat(model.extraState()).containsOnlyKeys("fc");
        assertThatThrownBy(() -> Checkpoints.load(path, ReadOptions.defaults().withPart("modle")))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(path + ": there is no part \"modle\"; there are \"model\", \"optimizer\", \"history\","
                        + " \"parameters\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint-1.13.pt", "checkpoint-2.13.pt"})
    void otherPlainValuesAreKeptAsData(String fixture) throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(Fixtures.copy(fixture, directory))) {
            Map<String, Object> values = checkpoint.values();

            assertThat(values)
                    .containsEntry("epoch", 3L)
                    .containsEntry("loss", 0.25)
                    .containsEntry("best", null)
                    .containsEntry("name", "r\u00e9sum\u00e9 \ud83d\ude00")
                    .containsEntry("done", true)
                    .containsEntry("large", BigInteger.TWO.pow(70))
                    .containsEntry("negative", -(1L << 40))
                    .containsEntry("bytes", ByteBuffer.wrap(new byte[] {0, -1}))
                    .containsEntry("args.lr", 0.125)
                    .containsEntry("args.betas", List.of(0.9, 0.999))
                    .containsEntry("args.nested", Map.of())
                    .containsEntry("device", "cuda:1")
                    .containsEntry("dtype", "torch.float16")
                    .containsEntry("size", List.of(2L, 3L))
                    .containsEntry("milestones.5", 2L)
                    .containsEntry("seen", List.of(1L))
                    .containsEntry("7", "seven")
                    .doesNotContainKey("history");
            assertThat(((Map<?, ?>) ((List<?>) values.get("optimizer.param_groups")).get(0)).get("params"))
                    .isEqualTo(List.of(0L, 1L, 2L, 3L));
        }
    }

    @Test
    void aSavedFileIsReadBackWithItsTypesTiesAndViews() throws IOException {
        for (String fixture : new String[] {"tensors-1.13.pt", "tensors-2.13.pt"}) {
            StateDict dict = load(fixture);

            Checkpoints.save(file(), dict);

            StateDict back = Checkpoints.load(file());
            assertThat(back.contentEquals(dict)).isTrue();
            assertThat(back.keySet()).containsExactlyElementsOf(dict.keySet());
            for (String one : dict.keySet()) {
                assertThat(back.storedType(one)).as(one).isEqualTo(dict.storedType(one));
                assertThat(back.get(one).strides())
                        .as(one)
                        .isEqualTo(dict.get(one).strides());
                for (String other : dict.keySet()) {
                    assertThat(back.get(one).sharesStorageWith(back.get(other)))
                            .as("%s and %s", one, other)
                            .isEqualTo(dict.get(one).sharesStorageWith(dict.get(other)));
                }
            }
        }
    }

    @Test
    void theSameDictGivesTheSameBytes() throws IOException {
        StateDict dict = load("tensors-2.13.pt");

        Checkpoints.save(file(), dict);
        Path again = directory.resolve("another-name.pth");
        Checkpoints.save(again, dict);

        assertThat(again).hasSameBinaryContentAs(file());
    }

    @Test
    void theArchiveIsPlainForOtherReadersOfZip() throws IOException {
        StateDict dict = StateDict.builder()
                .put("w", Tensor.wrap(new float[] {1, 2}, 2))
                .put("v", Tensor.scalar(3))
                .build();
        Checkpoints.save(file(), dict);

        try (ZipFile zip = new ZipFile(file().toFile())) {
            assertThat(zip.stream().map(Object::toString))
                    .containsExactly(
                            "archive/data.pkl",
                            "archive/byteorder",
                            "archive/data/0",
                            "archive/data/1",
                            "archive/version");
            ByteBuffer record = ByteBuffer.wrap(
                    zip.getInputStream(zip.getEntry("archive/data/0")).readAllBytes());
            assertThat(record.order(java.nio.ByteOrder.LITTLE_ENDIAN).getFloat(4))
                    .isEqualTo(2);
        }
        assertThat(new String(Files.readAllBytes(file()), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .indexOf("\0\0\u0080\u003f\0\0\0\u0040"))
                .as("aligned for memory mapping")
                .matches(position -> position > 0 && position % 64 == 0);
    }

    @Test
    void extraStateVersionsAndMetadataTravelInTheDictsMetadata() throws IOException {
        StateDict dict = StateDict.builder()
                .put("fc.w", Tensor.scalar(1))
                .extraState("fc", "text")
                .extraState("", Map.of("a", "b"))
                .version("fc", 3)
                .build();

        Checkpoints.save(file(), dict, WriteOptions.defaults().withMetadata(Map.of("note", "hello")));

        try (Checkpoint checkpoint = Checkpoints.open(file())) {
            assertThat(checkpoint.metadata()).containsExactly(entry("note", "hello"));
            assertThat(checkpoint.versions()).containsOnly(entry("", 1), entry("fc", 3));
            assertThat(checkpoint.stateDict().contentEquals(dict)).isTrue();
        }
        assertThat(Checkpoints.load(file(), ReadOptions.defaults().withPart("fc"))
                        .versions())
                .containsExactly(entry("", 3));
    }

    @Test
    void aFileThatNobodyKnowsIsRefused() throws IOException {
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, tar, 257, 5);
        assertUnknown(
                tar, "a tar archive, as PyTorch wrote before version 0.1.10; load it in PyTorch and save it again");
        assertUnknown(
                new byte[] {(byte) 0x80, 4, 'K', 1, '.'},
                "a pickle that torch.save did not write; load it in Python and save it by torch.save or safetensors");
        assertUnknown("hello, world".getBytes(), "neither safetensors nor a checkpoint of PyTorch, NumPy or statedict");
        assertUnknown(new byte[0], "neither safetensors nor a checkpoint of PyTorch, NumPy or statedict");
    }

    private void assertUnknown(byte[] content, String problem) throws IOException {
        Files.write(file(), content);
        assertThatThrownBy(() -> Checkpoints.load(file()))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file() + ": " + problem);
    }

    @Test
    void savingGoesBySuffix() throws IOException {
        StateDict dict = StateDict.builder().put("w", Tensor.scalar(1)).build();
        for (String suffix : Arrays.asList("pt", "pth", "bin", "ckpt", "safetensors")) {
            Path path = directory.resolve("file." + suffix);
            Checkpoints.save(path, dict);
            assertThat(Files.readAllBytes(path)[0]).isEqualTo((byte) (suffix.equals("safetensors") ? 'X' : 'P'));
            Path renamed = Files.copy(path, directory.resolve(suffix + ".dat"));
            assertThat(Checkpoints.load(renamed).contentEquals(dict))
                    .as("loading goes by content")
                    .isTrue();
        }
        assertThatThrownBy(() -> Checkpoints.save(directory.resolve("model.h5"), dict))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the suffix of \"model.h5\" says no format; end it in .safetensors, or in .pt, .pth, .bin"
                                + " or .ckpt for PyTorch's, or in .statedict, or in .npz, or in .npy of one entry, for NumPy's");
        assertThatThrownBy(() ->
                        Checkpoints.save(file(), dict, WriteOptions.defaults().withShardSize(1)))
                .hasMessage("only safetensors is split into shards; save as .safetensors, or without a shard size");
    }
}
