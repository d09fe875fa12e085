package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes from file to file unread becomes the very file that it would as a dict in memory. */
class UnreadStateDictTest {
    @TempDir
    Path directory;

    private Path given(String fixture) throws IOException {
        return fixture.startsWith("hub/")
                ? Fixtures.copyAll(fixture, Files.createDirectory(directory.resolve("given")))
                : Fixtures.copy(fixture, directory);
    }

    private void assertSame(
            Path file,
            ReadOptions how,
            String suffix,
            WriteOptions options,
            UnaryOperator<StateDict> inMemory,
            UnaryOperator<UnreadStateDict> unread)
            throws IOException {
        Path expected = directory.resolve("expected." + suffix);
        Path copy = directory.resolve("copy." + suffix);
        Checkpoints.save(expected, inMemory.apply(Checkpoints.load(file, how)), options);
        try (Checkpoint checkpoint = Checkpoints.open(file, how)) {
            Checkpoints.save(copy, unread.apply(checkpoint.unread()), options);
        }
        assertThat(copy).hasSameBinaryContentAs(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "types.safetensors",
                "tied.safetensors",
                "exact.safetensors",
                "exact.pt",
                "tensors-2.13.pt",
                "tensors-1.13.pt",
                "legacy-2.13.pt",
                "checkpoint-2.13.pt",
                "big-endian.pt",
                "keys.pt",
                "hub/bin",
                "hub/safetensors",
                "hub/distributed"
            })
    void everyFileIsCopiedAsItWouldBeSaved(String fixture) throws IOException {
        Path file = given(fixture);
        ReadOptions how = ReadOptions.defaults().skipForeign();

        assertSame(file, how, "pt", WriteOptions.defaults(), dict -> dict, unread -> unread);
        assertSame(file, how, "pt", WriteOptions.defaults().withDigest(), dict -> dict, unread -> unread);
        assertSame(file, how, "npz", WriteOptions.defaults(), dict -> dict, unread -> unread);
        assertSame(file, how, "npz", WriteOptions.defaults().withDigest(), dict -> dict, unread -> unread);
        assertSame(file, how, "statedict", WriteOptions.defaults(), dict -> dict, unread -> unread);
        assertSame(file, how, "statedict", WriteOptions.defaults().withDigest(), dict -> dict, unread -> unread);
        try {
            assertSame(file, how, "safetensors", WriteOptions.defaults(), dict -> dict, unread -> unread);
        } catch (IllegalArgumentException overlapping) {
            try (Checkpoint checkpoint = Checkpoints.open(file, how)) {
                assertThatThrownBy(() -> Checkpoints.save(directory.resolve("copy.safetensors"), checkpoint.unread()))
                        .hasMessage(overlapping.getMessage())
                        .hasMessageContaining("overlap in one storage");
            }
        }
    }

    /** Which keeps elements as they are in memory, beside the types that they remember. */
    @ParameterizedTest
    @ValueSource(strings = {"types.safetensors", "exact.pt", "tied.safetensors"})
    void whatAStatedictRemembersIsStoredAgain(String fixture) throws IOException {
        Path file = directory.resolve("given.statedict");
        Checkpoints.save(file, Checkpoints.load(Fixtures.copy(fixture, directory)));

        for (String suffix : List.of("pt", "safetensors")) {
            assertSame(file, ReadOptions.defaults(), suffix, WriteOptions.defaults(), dict -> dict, unread -> unread);
        }
        assertSame(file, ReadOptions.defaults(), "statedict", WriteOptions.defaults(), dict -> dict, unread -> unread);
    }

    /** Deflated ones are made in order, from the first element on, and those in Fortran's order lie so. */
    @ParameterizedTest
    @ValueSource(strings = {"numpy.npz", "numpy-deflated.npz", "numpy-odd.npz", "column-major.npy"})
    void numpysArraysAreCopiedAsTheyWouldBeSaved(String fixture) throws IOException {
        Path file = Fixtures.copy(fixture, directory);
        ReadOptions how = ReadOptions.defaults().skipForeign();

        assertSame(file, how, "statedict", WriteOptions.defaults(), dict -> dict, unread -> unread);
    }

    /** Of a storage what entries cover together; what of one is left out, or lies between, is not the file's to keep. */
    @Test
    void viewsThatOverlapDoSoInAStatedict() throws IOException {
        Tensor storage = Tensor.wrap(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 3, 4);
        Tensor matrix = storage.narrow(0, 1, 2);
        Path file = directory.resolve("given.statedict");
        Checkpoints.save(
                file,
                StateDict.builder()
                        .put("matrix", matrix)
                        .put("transposed", matrix.transpose(0, 1))
                        .put("column", storage.select(1, 3))
                        .put("tie", matrix)
                        .put("none", storage.narrow(0, 0, 0))
                        .put("scalar", Tensor.scalarLong(1L << 40))
                        .put("mask", Tensor.wrap(new boolean[] {true, false, true}, 3))
                        .build());
        WriteOptions options = WriteOptions.defaults();
        ReadOptions how = ReadOptions.defaults();

        assertSame(file, how, "statedict", options, dict -> dict, unread -> unread);
        assertSame(
                file,
                how,
                "statedict",
                options,
                d -> d.filter(k -> k.equals("column")),
                u -> u.filter(k -> k.equals("column")));
        assertSame(file, how, "statedict", options, d -> d.union(d.withPrefix("b.")), u -> u.union(u.withPrefix("b.")));
        StateDict copy = Checkpoints.load(directory.resolve("copy.statedict"));
        assertThat(copy.get("matrix").sharesStorageWith(copy.get("b.column"))).isTrue();
    }

    @Test
    void aSignedStatedictIsSignedAlikeUnread() throws IOException, NoSuchAlgorithmException {
        WriteOptions options = WriteOptions.defaults()
                .withMetadata(Map.of("name", "bert"))
                .withSigner(KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPrivate());

        assertSame(
                Fixtures.copy("types.safetensors", directory),
                ReadOptions.defaults(),
                "statedict",
                options,
                dict -> dict,
                unread -> unread);
    }

    @ParameterizedTest
    @CsvSource({"pt, F16", "pt, F64", "safetensors, BF16", "safetensors, F32"})
    void typesChangeOnTheWay(String suffix, StoredType type) throws IOException {
        WriteOptions options = WriteOptions.defaults().withStoredType(type);

        assertSame(given("hub/distributed"), ReadOptions.defaults(), suffix, options, dict -> dict, unread -> unread);
        assertSame(
                Fixtures.copy("bert.safetensors", directory),
                ReadOptions.defaults(),
                suffix,
                options,
                dict -> dict,
                unread -> unread);
    }

    @Test
    void aTypeThatDoesNotReachIsRefusedAndTheOldFileStays() throws IOException {
        Path file = directory.resolve("large.safetensors");
        Checkpoints.save(
                file,
                StateDict.builder()
                        .put("w", Tensor.wrap(new float[] {1, 1e30f}, 2))
                        .build());
        Path old = Files.writeString(directory.resolve("copy.safetensors"), "old");

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThatThrownBy(() -> Checkpoints.save(
                            old, checkpoint.unread(), WriteOptions.defaults().withStoredType(StoredType.F16)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"w\" holds 1.0E30, which is beyond the range of F16; store it as F32");
        }
        assertThat(old).hasContent("old");
    }

    @Test
    void keysAreChangedAsThoseOfADict() throws IOException {
        StateDict dict = StateDict.builder()
                .put("net.fc.w", Tensor.wrap(new float[] {1, 2}, 2))
                .put("net.fc.b", Tensor.scalar(3))
                .put("head.w", Tensor.scalar(4))
                .extraState("net.fc", "said")
                .version("net.fc", 2)
                .build();
        Path file = directory.resolve("given.safetensors");
        Checkpoints.save(file, dict);
        WriteOptions options = WriteOptions.defaults();
        ReadOptions how = ReadOptions.defaults();

        assertSame(
                file, how, "pt", options, d -> d.filter(k -> !k.endsWith("b")), u -> u.filter(k -> !k.endsWith("b")));
        assertSame(file, how, "pt", options, d -> d.rename("net.fc", "out"), u -> u.rename("net.fc", "out"));
        assertSame(
                file,
                how,
                "pt",
                options,
                d -> d.withoutPrefix("net.").withPrefix("a."),
                u -> u.withoutPrefix("net.").withPrefix("a."));
        assertSame(file, how, "pt", options, d -> d.union(d.withPrefix("b.")), u -> u.union(u.withPrefix("b.")));
    }

    @Test
    void groupsAreWhatFiltersWouldGive() throws IOException {
        StateDict dict = StateDict.builder()
                .put("fc.w", Tensor.wrap(new float[] {1, 2}, 2))
                .put("head", Tensor.scalar(4))
                .put("fc.b", Tensor.scalar(3))
                .extraState("fc", "said")
                .extraState("", "of all")
                .version("fc", 2)
                .version("gone", 5)
                .build();
        Path file = directory.resolve("given.statedict");
        Checkpoints.save(file, dict);

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            Map<String, UnreadStateDict> groups =
                    checkpoint.unread().groupBy(key -> key.contains(".") ? key.substring(0, key.indexOf('.')) : key);

            assertThat(groups.keySet()).containsExactly("fc", "head", "_extra_state");
            assertThat(groups.get("fc").keys()).containsExactly("fc.w", "fc.b");
            StateDict fc = groups.get("fc").read();
            assertThat(fc.contentEquals(dict.filter(key -> key.startsWith("fc."))))
                    .isTrue();
            assertThat(fc.extraState()).isEqualTo(Map.of("fc", "said"));
            assertThat(fc.versions()).isEqualTo(Map.of("", 1, "fc", 2, "gone", 5));
            assertThat(groups.get("head").read().versions()).isEqualTo(Map.of("", 1, "gone", 5));
            assertThat(groups.get("_extra_state").read().extraState()).isEqualTo(Map.of("", "of all"));
        }
    }

    @Test
    void severalFilesBecomeOne() throws IOException {
        Path one = Fixtures.copy("types.safetensors", directory);
        Path other = Fixtures.copy("exact.pt", directory);
        Path joined = directory.resolve("joined.pt");

        try (Checkpoint first = Checkpoints.open(one);
                Checkpoint second = Checkpoints.open(other)) {
            Checkpoints.save(
                    joined,
                    first.unread().withPrefix("a.").union(second.unread().withPrefix("b.")));
        }

        StateDict expected = Checkpoints.load(one)
                .withPrefix("a.")
                .union(Checkpoints.load(other).withPrefix("b."));
        assertThat(Checkpoints.load(joined).contentEquals(expected)).isTrue();
    }

    @Test
    void keysThatBothFilesHaveAreRefused() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(Fixtures.copy("bert-fused.safetensors", directory))) {
            UnreadStateDict unread = checkpoint.unread().filter(key -> key.startsWith("embeddings"));

            assertThatThrownBy(() -> unread.union(unread))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "both dicts have \"embeddings.weight\"; filter or rename the keys of one of them first");
        }
    }

    @Test
    void shardsAreWrittenAsThoseOfADict() throws IOException {
        Path file = Fixtures.copy("bert.safetensors", directory);
        WriteOptions options = WriteOptions.defaults().withShardSize(200);
        Path expected = Files.createDirectory(directory.resolve("expected"));
        Path copies = Files.createDirectory(directory.resolve("copies"));
        Checkpoints.save(expected.resolve("model.safetensors"), Checkpoints.load(file), options);

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            Checkpoints.save(copies.resolve("model.safetensors"), checkpoint.unread(), options);
        }

        List<Path> shards;
        try (var files = Files.list(expected)) {
            shards = files.toList();
        }
        assertThat(shards).hasSizeGreaterThan(3);
        assertThat(shards)
                .allSatisfy(
                        shard -> assertThat(copies.resolve(shard.getFileName())).hasSameBinaryContentAs(shard));
    }

    @ParameterizedTest
    @ValueSource(strings = {"safetensors", "pt"})
    void aStreamGetsWhatAFileWould(String suffix) throws IOException {
        Path file = Fixtures.copy("types.safetensors", directory);
        CheckpointFormat format = CheckpointFormat.of(Path.of("x." + suffix));
        WriteOptions options = WriteOptions.defaults().withFormat(format);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            Checkpoints.save(stream, checkpoint.unread(), options);
        }

        assertThat(stream.toByteArray()).isEqualTo(Checkpoints.toBytes(Checkpoints.load(file), options));
    }

    /** Everything that a mapping does. */
    @Test
    void aMappingMakesTheSameOfItAsOfADict() throws IOException {
        KeyMapping mapping = KeyMapping.empty()
                .withRename("bert.encoder.layer.{i}.{rest*}", "layers.{i}.{rest*}")
                .withConcatenation(
                        List.of(
                                "layers.{i}.attention.self.query.{kind}",
                                "layers.{i}.attention.self.key.{kind}",
                                "layers.{i}.attention.self.value.{kind}"),
                        "layers.{i}.qkv.{kind}",
                        0)
                .withTranspose("*.qkv.weight")
                .withSplit("layers.{i}.qkv.bias", List.of("layers.{i}.b.0", "layers.{i}.b.1"), 0)
                .withReshape("*.b.0", new int[] {-1}, new int[] {2, -1})
                .withCast("*.b.1", ElementType.F64)
                .withDrop("*.position_ids");
        Path file = Fixtures.copy("bert.safetensors", directory);

        for (String suffix : List.of("pt", "safetensors")) {
            Path expected = directory.resolve("expected." + suffix);
            Path copy = directory.resolve("copy." + suffix);
            Checkpoints.save(expected, mapping.apply(Checkpoints.load(file)));
            try (Checkpoint checkpoint = Checkpoints.open(file)) {
                UnreadStateDict mapped = mapping.apply(checkpoint.unread());
                Checkpoints.save(copy, mapped);
                assertThat(mapped.read().contentEquals(Checkpoints.load(expected)))
                        .isTrue();
                assertThat(mapped.shape("layers.0.qkv.weight")).containsExactly(4, 12);
                assertThat(mapped.storedType("layers.0.b.1")).isEqualTo(StoredType.F64);
            }
            assertThat(Checkpoints.load(copy).contentEquals(Checkpoints.load(expected)))
                    .isTrue();
        }
        Path expected = directory.resolve("expected.statedict");
        Path copy = directory.resolve("copy.statedict");
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            UnreadStateDict mapped = mapping.apply(checkpoint.unread());
            Checkpoints.save(expected, mapped.read());
            Checkpoints.save(copy, mapped);
        }
        assertThat(copy).hasSameBinaryContentAs(expected);
        assertThat(Checkpoints.load(copy).get("layers.0.qkv.weight").strides()).containsExactly(1, 4);
    }

    @Test
    void whatIsTiedAndMappedAlikeStaysTied() throws IOException {
        Tensor tied = Tensor.wrap(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Path file = directory.resolve("given.pt");
        Checkpoints.save(
                file,
                StateDict.builder().put("a", tied).put("b", tied).put("c", tied).build());

        for (String suffix : List.of("safetensors", "statedict")) {
            Path copy = directory.resolve("copy." + suffix);
            try (Checkpoint checkpoint = Checkpoints.open(file)) {
                Checkpoints.save(
                        copy,
                        KeyMapping.empty().withTranspose("a").withTranspose("b").apply(checkpoint.unread()));
            }

            StateDict dict = Checkpoints.load(copy);
            assertThat(dict.get("a").sharesStorageWith(dict.get("b"))).isTrue();
            assertThat(dict.get("c").sharesStorageWith(dict.get("a"))).isFalse();
            assertThat(dict.get("b").toArray()).containsExactly(1, 4, 2, 5, 3, 6);
        }
    }

    @Test
    void aMappingThatDoesNotFitIsRefusedBeforeATensorIsRead() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(Fixtures.copy("bert-fused.safetensors", directory))) {
            UnreadStateDict unread = checkpoint.unread();

            assertThatThrownBy(() -> KeyMapping.empty()
                            .withDrop("none")
                            .withTranspose("layers.0.norm.bias")
                            .apply(unread))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the mapping does not fit the state dict:\n"
                            + "\trule 1, drop \"none\": no key matches \"none\"\n"
                            + "\trule 2, transpose \"layers.0.norm.bias\": \"layers.0.norm.bias\" has shape [4] and type"
                            + " F32, and a matrix alone is transposed; permute takes any dimensions");
        }
    }

    @Test
    void aCastThatIsNotExactIsToldWhenItsTensorIsRead() throws IOException {
        Path file = directory.resolve("given.safetensors");
        Checkpoints.save(
                file,
                StateDict.builder().put("w", Tensor.wrap(new double[] {0.1}, 1)).build());

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            UnreadStateDict cast =
                    KeyMapping.empty().withCast("w", ElementType.F32).apply(checkpoint.unread());

            for (String name : List.of("copy.safetensors", "copy.statedict")) {
                assertThatThrownBy(() -> Checkpoints.save(directory.resolve(name), cast))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("\"w\": ")
                        .hasMessageContaining("0.1");
            }
        }
    }

    @Test
    void whatHasChangedSinceItWasWrittenIsNotCopied() throws IOException {
        StateDict dict = StateDict.builder().put("w", Tensor.zeros(600_000)).build();
        Path archive = directory.resolve("given.pt");
        Path digested = directory.resolve("given.safetensors");
        Checkpoints.save(archive, dict);
        Checkpoints.save(digested, dict, WriteOptions.defaults().withDigest());

        for (Path file : List.of(archive, digested)) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
            try (Checkpoint checkpoint = Checkpoints.open(file)) {
                for (String name : List.of("copy.safetensors", "copy.statedict")) {
                    Path copy = directory.resolve(name);
                    assertThatThrownBy(() -> Checkpoints.save(copy, checkpoint.unread()))
                            .isInstanceOf(CheckpointFormatException.class)
                            .hasMessageStartingWith(file + ": \"w\": ")
                            .hasMessageMatching("(?s).*(the 2,400,000 bytes at offset \\d+ have CRC-32 .*"
                                    + "|its bytes have SHA-256 .*; it has changed since it was written)");
                    assertThat(copy).doesNotExist();
                }
            }
        }
    }

    @Test
    void aBooleanThatIsNoneIsNotCopied() throws IOException {
        Path file = Files.write(
                directory.resolve("given.safetensors"),
                Fixtures.safetensors("{\"b\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[0,3]}}", 0, 1, 2));

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThatThrownBy(() -> Checkpoints.save(directory.resolve("copy.pt"), checkpoint.unread()))
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessage(file + ": \"b\", element 2: 2 (BOOL) must be 0 or 1");
        }
    }

    @Test
    void aFileIsReplacedByItself() throws IOException {
        Path file = Fixtures.copy("types.safetensors", directory);
        StateDict before = Checkpoints.load(file);

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            Checkpoints.save(file, checkpoint.unread().withPrefix("x."));
        }

        assertThat(Checkpoints.load(file).contentEquals(before.withPrefix("x.")))
                .isTrue();
    }

    @Test
    void somethingForeignIsRefusedUnlessItIsToBeSkipped() throws IOException {
        Path file = Fixtures.copy("foreign.pt", directory);

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThatThrownBy(checkpoint::unread)
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessageContaining("it holds what is neither a tensor nor a plain value:");
        }
    }

    @Test
    void keysThatAreNotThereAreRefused() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(given("hub/safetensors"))) {
            UnreadStateDict unread = checkpoint.unread();

            assertThat(unread.keys()).containsExactly("embed.weight", "fc.weight", "fc.bias");
            assertThat(Arrays.toString(unread.shape("fc.weight"))).isEqualTo("[2, 3]");
            assertThatThrownBy(() -> unread.shape("fc"))
                    .hasMessage("no key \"fc\"; there are \"embed.weight\", \"fc.weight\", \"fc.bias\"");
        }
    }
}
