package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.statedict.LoadOptions;
import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.StoredType;
import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    /** What the reference implementation writes for fc.weight [2, 3] and fc.bias [2] with metadata format=pt. */
    private static final String GOLDEN = "a000000000000000"
            + "7b225f5f6d657461646174615f5f223a7b22666f726d6174223a227074227d2c2266632e62696173223a7b2264747970"
            + "65223a22463332222c227368617065223a5b325d2c22646174615f6f666673657473223a5b302c385d7d2c2266632e77"
            + "6569676874223a7b226474797065223a22463332222c227368617065223a5b322c335d2c22646174615f6f6666736574"
            + "73223a5b382c33325d7d7d2020202020"
            + "000080bf0000003f0000803f0000004000004040000080400000a0400000c040";

    private static final StateDict GOLDEN_DICT = StateDict.builder()
            .put("fc.weight", Tensor.wrap(new float[] {1, 2, 3, 4, 5, 6}, 2, 3))
            .put("fc.bias", Tensor.wrap(new float[] {-1, 0.5f}, 2))
            .build();

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("model.safetensors");
    }

    private StateDict reload(StateDict dict) throws IOException {
        Checkpoints.save(file(), dict);
        return Checkpoints.load(file());
    }

    @Test
    void aSavedFileIsTheReferenceWritersByteForByte() throws IOException {
        Checkpoints.save(file(), GOLDEN_DICT);

        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file()))).isEqualTo(GOLDEN);
    }

    @Test
    void theReferenceWritersFileIsRead() throws IOException {
        Files.write(file(), HexFormat.of().parseHex(GOLDEN));

        StateDict dict = Checkpoints.load(file());

        assertThat(dict.contentEquals(GOLDEN_DICT)).isTrue();
        assertThat(dict.policy()).isEqualTo(Policy.COPY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"types.safetensors", "tied.safetensors", "exact.safetensors"})
    void aReferenceFileThatIsReadAndSavedAgainIsTheSameByteForByte(String name) throws IOException {
        Path reference = Fixtures.copy(name, directory);
        Map<String, String> metadata;
        try (Checkpoint checkpoint = Checkpoints.open(reference)) {
            metadata = checkpoint.metadata();
        }

        Checkpoints.save(
                file(), Checkpoints.load(reference), WriteOptions.defaults().withMetadata(metadata));

        assertThat(file()).hasSameBinaryContentAs(reference);
    }

    @Test
    void everyTypeIsReadIntoTheSmallestThatHoldsIt() throws IOException {
        StateDict dict = Checkpoints.load(Fixtures.copy("types.safetensors", directory));

        Map<ElementType, Set<String>> keys = new TreeMap<>();
        dict.forEach((key, tensor) -> {
            if (key.matches("b?[fiu]\\d+|bool")) {
                keys.computeIfAbsent(tensor.elementType(), type -> new TreeSet<>())
                        .add(key);
            }
        });
        assertThat(keys)
                .hasToString("{F32=[bf16, f16, f32], F64=[f64], I32=[i16, i32, i8, u16, u8], I64=[i64, u32, u64],"
                        + " BOOL=[bool]}");

        assertThat(dict.get("f64").toArray()).containsExactly(0.5f, -0f, Float.POSITIVE_INFINITY, 0x1p-149f);
        assertThat(dict.get("f32").contentEquals(Tensor.wrap(new float[] {1, 2, -3.5f, Float.NaN}, 2, 2)))
                .isTrue();
        assertThat(dict.get("f16").toArray()).containsExactly(0.5f, 65504, 0x1p-24f);
        assertThat(dict.get("bf16").toArray()).containsExactly(1, -0x1p127f);
        assertThat(dict.get("i64").toArray()).containsExactly(0x1p24f, -0x1p62f);
        assertThat(dict.get("i32").toArray()).containsExactly(-1, 16777216);
        assertThat(dict.get("i16").toArray()).containsExactly(-32768, 32767);
        assertThat(dict.get("i8").toArray()).containsExactly(-128, 127);
        assertThat(dict.get("u64").toArray()).containsExactly(0x1p62f);
        assertThat(dict.get("u32").toArray()).containsExactly(0x1p31f);
        assertThat(dict.get("u16").toArray()).containsExactly(65535);
        assertThat(dict.get("u8").toArray()).containsExactly(255, 0, 1);
        assertThat(dict.get("bool").toArray()).containsExactly(1, 0);
        assertThat(dict.get("scalar").shape()).isEmpty();
        assertThat(dict.get("scalar").item()).isEqualTo(7);
        assertThat(dict.get("empty").shape()).containsExactly(0, 3);
        assertThat(dict.storedType("num_batches_tracked")).isEqualTo(StoredType.I64);
        assertThat(dict.role("num_batches_tracked")).isEqualTo(Role.BUFFER);
        assertThat(dict.role("f16")).isEqualTo(Role.PARAMETER);
    }

    @Test
    void entriesAreInTheFilesOrder() throws IOException {
        StateDict dict = Checkpoints.load(Fixtures.copy("types.safetensors", directory));

        assertThat(dict.keySet())
                .containsExactly(
                        "u64",
                        "i64",
                        "num_batches_tracked",
                        "f64",
                        "empty",
                        "f32",
                        "quote\"back\\slash\ttab\u0001\u007f/",
                        "scalar",
                        "\uffee",
                        "\ud83d\ude00",
                        "u32",
                        "i32",
                        "bf16",
                        "f16",
                        "u16",
                        "i16",
                        "i8",
                        "u8",
                        "bool");
    }

    @Test
    void tiesOfSaveModelAreRestored() throws IOException {
        Path tied = Fixtures.copy("tied.safetensors", directory);

        StateDict dict = Checkpoints.load(tied);

        assertThat(dict.keySet()).containsExactly("e.weight", "h.weight");
        assertTied(dict, "e.weight", "h.weight");
        assertThat(dict.get("h.weight").toArray()).containsExactly(0, 1, 2, 3, 4, 5);
        try (Checkpoint checkpoint = Checkpoints.open(tied)) {
            assertThat(checkpoint.metadata())
                    .as("nothing tells a tie from a text that is so by chance")
                    .containsOnly(Map.entry("h.weight", "e.weight"));
        }
    }

    /** Metadata that says {@code best} is {@code weight}, which may be what somebody noted. */
    private Path noted() throws IOException {
        String header = "{\"__metadata__\":{\"best\":\"weight\",\"note\":\"x\"},"
                + "\"weight\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}";
        return Files.write(file(), Fixtures.safetensors(header, 0, 0, 0x80, 0x3f));
    }

    @Test
    void aTextThatIsTheNameOfATensorByChanceIsNoUnexpectedKey() throws IOException {
        Tensor weight = Tensor.scalar(0);
        Stateful module = visitor -> visitor.parameter("weight", weight);
        StateDict dict = Checkpoints.load(noted());

        LoadReport report = module.loadStateDict(dict);

        assertThat(dict.keySet()).containsExactly("weight", "best");
        assertThat(report.applied()).containsExactly("weight");
        assertThat(report.unexpected()).isEmpty();
        assertThat(weight.item()).isEqualTo(1);
        assertThat(module.loadStateDict(dict.toBuilder().put("other", weight).build(), LoadOptions.lenient())
                        .unexpected())
                .as("another key that the module lacks")
                .containsExactly("other");
    }

    @Test
    void sayingSoIsATieForAModuleThatHasTheName() throws IOException {
        Tensor weight = Tensor.scalar(0);
        Tensor best = Tensor.scalar(0);
        Stateful module = visitor -> {
            visitor.parameter("weight", weight);
            visitor.parameter("best", best);
        };

        module.loadStateDict(Checkpoints.load(noted()));

        assertThat(best.item()).isEqualTo(1);
    }

    @Test
    void aTieMayBeInTheMetadataThatIsWrittenAgain() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(noted())) {
            Path again = directory.resolve("again.safetensors");
            Checkpoints.save(
                    again, checkpoint.stateDict(), WriteOptions.defaults().withMetadata(checkpoint.metadata()));

            try (Checkpoint copy = Checkpoints.open(again)) {
                assertThat(copy.metadata()).isEqualTo(checkpoint.metadata());
                assertThat(copy.keys()).containsExactly("weight", "best");
            }
        }
    }

    @Test
    void aTieIsStoredOnceUnderItsAlphabeticallyFirstName() throws IOException {
        Tensor shared = Tensor.wrap(new float[] {1, 2}, 2);
        StateDict dict = StateDict.builder()
                .put("decoder", shared)
                .put("z", shared.reshape(2))
                .put("Encoder", shared)
                .build();

        Checkpoints.save(file(), dict);

        assertThat(header())
                .isEqualTo("{\"__metadata__\":{\"decoder\":\"Encoder\",\"format\":\"pt\",\"z\":\"Encoder\"},"
                        + "\"Encoder\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}");
        StateDict back = Checkpoints.load(file());
        assertThat(back.contentEquals(dict)).isTrue();
        assertTied(back, "Encoder", "decoder");
        assertTied(back, "Encoder", "z");
    }

    @Test
    void tiedEntriesOfDifferentStoredTypesStayTied() throws IOException {
        Tensor shared = Tensor.scalar(3);
        StateDict dict = StateDict.builder()
                .put("a", shared, Role.BUFFER, StoredType.I64)
                .put("b", shared, Role.BUFFER, StoredType.F16)
                .build();

        Checkpoints.save(file(), dict, WriteOptions.defaults().withDigest());

        assertTied(Checkpoints.load(file()), "a", "b");
    }

    @Test
    void partsOfOneStorageThatDoNotOverlapAreStoredOneByOne() throws IOException {
        Tensor matrix = Tensor.wrap(new float[] {1, 2, 3, 4}, 2, 2);
        StateDict dict = StateDict.builder()
                .put("left", matrix.select(1, 0))
                .put("right", matrix.select(1, 1))
                .build();

        StateDict back = reload(dict);

        assertThat(back.get("left").toArray()).containsExactly(1, 3);
        assertThat(back.get("right").toArray()).containsExactly(2, 4);
    }

    @Test
    void viewsThatOverlapWithoutBeingTiedAreRefused() {
        Tensor matrix = Tensor.wrap(new float[] {1, 2, 3, 4}, 2, 2);
        StateDict dict = StateDict.builder()
                .put("other", matrix.select(0, 1))
                .put("row", matrix.select(0, 0))
                .put("transposed", matrix.transpose(0, 1))
                .build();

        assertThatThrownBy(() -> Checkpoints.save(file(), dict))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"other\" and \"transposed\" overlap in one storage without being the same tensor, which"
                        + " safetensors cannot express; save as .pt, which can, or store tensor.copy() under one of the"
                        + " keys");
        assertThat(file()).doesNotExist();
    }

    @Test
    void aTensorThatIsNotContiguousIsStoredRowMajor() throws IOException {
        Tensor large = Tensor.zeros(300, 700);
        for (int i = 0; i < large.numel(); i++) {
            large.storage()[i] = i;
        }
        StateDict dict = StateDict.builder().put("t", large.transpose(0, 1)).build();

        assertThat(reload(dict).contentEquals(dict)).isTrue();
        assertThat(reload(dict).get("t").isContiguous()).isTrue();
    }

    @Test
    void aStoredTypeIsUsedAgainWhileItHoldsEveryValue() throws IOException {
        StateDict dict = StateDict.builder()
                .put("steps", Tensor.scalar(3), Role.COUNTER, StoredType.I64)
                .put("done", Tensor.scalar(1), Role.COUNTER, StoredType.BOOL)
                .put("mean", Tensor.scalar(0.5f), Role.BUFFER, StoredType.I64)
                .put("half", Tensor.scalar(0.1f), Role.PARAMETER, StoredType.F16)
                .put("double", Tensor.scalar(0.1f), Role.PARAMETER, StoredType.F64)
                .build();

        StateDict back = reload(dict);

        assertThat(back.storedType("steps")).isEqualTo(StoredType.I64);
        assertThat(back.storedType("done")).isEqualTo(StoredType.BOOL);
        assertThat(back.storedType("mean")).isEqualTo(StoredType.F32);
        assertThat(back.storedType("half")).isEqualTo(StoredType.F32);
        assertThat(back.storedType("double")).isEqualTo(StoredType.F64);
        dict.forEach((key, tensor) -> assertThat(back.get(key).toDoubleArray())
                .as("the very values of %s", key)
                .isEqualTo(tensor.toDoubleArray()));
    }

    @Test
    void aStoredTypeIsUsedAgainForEveryTypeInMemory() throws IOException {
        StateDict dict = StateDict.builder()
                .put("short", Tensor.wrap(new int[] {-32768, 32767}, 2), Role.BUFFER, StoredType.I16)
                .put("wide", Tensor.wrap(new int[] {-32769}, 1), Role.BUFFER, StoredType.I16)
                .put("unsigned", Tensor.wrap(new long[] {1L << 31}, 1), Role.BUFFER, StoredType.U32)
                .put("negative", Tensor.wrap(new long[] {-1}, 1), Role.BUFFER, StoredType.U64)
                .put("eight", Tensor.wrap(new float[] {448, Float.NaN}, 2), Role.PARAMETER, StoredType.F8_E4M3)
                .put("none", Tensor.wrap(new float[] {0.1f}, 1), Role.PARAMETER, StoredType.F8_E5M2)
                .put("double", Tensor.wrap(new double[] {0.1}, 1))
                .put("mask", Tensor.wrap(new boolean[] {true, false}, 2))
                .put("rows", Tensor.wrap(new double[][] {{1, 2}, {3, 0.1}}))
                .build();

        StateDict back = reload(dict);

        assertThat(back.contentEquals(dict)).isTrue();
        Map<String, StoredType> types = new LinkedHashMap<>();
        dict.keySet().forEach(key -> types.put(key, back.storedType(key)));
        assertThat(types)
                .hasToString("{short=I16, wide=I32, unsigned=U32, negative=I64, eight=F8_E4M3, none=F32, double=F64,"
                        + " mask=BOOL, rows=F64}");
    }

    @Test
    void eightBitFloatsAreWrittenOnRequestAsPytorchRounds() throws IOException {
        StateDict dict = StateDict.builder()
                .put("w", Tensor.wrap(new float[] {0.1f, -3.3f, 464, 1e-9f, Float.NaN}, 5))
                .put("d", Tensor.wrap(new double[] {0.1, 1e-300}, 2))
                .put("n", Tensor.scalarLong(7))
                .build();

        Checkpoints.save(file(), dict, WriteOptions.defaults().withStoredType(StoredType.F8_E4M3));

        StateDict back = Checkpoints.load(file());
        assertThat(back.get("w").toArray()).containsExactly(0.1015625f, -3.25f, 448, 0, Float.NaN);
        assertThat(back.get("d").toArray()).containsExactly(0.1015625f, 0);
        assertThat(back.storedType("d")).isEqualTo(StoredType.F8_E4M3);
        assertThat(back.storedType("n")).isEqualTo(StoredType.I64);
    }

    @ParameterizedTest
    @CsvSource({
        "F8_E4M3, 464.1, F32",
        "F8_E4M3, Infinity, F32",
        "F8_E5M2, 61440, F32",
        "F8_E4M3FNUZ, -248, F32",
        "F16, 65520, F32",
        "F32, 1e39, F64",
        "BF16, -1e300, F64",
    })
    void whatIsTooLargeForTheTypeAskedForIsRefused(StoredType type, String value, String other) {
        Tensor tensor = other.equals("F64")
                ? Tensor.wrap(new double[] {0, Double.parseDouble(value)}, 2)
                : Tensor.wrap(new float[] {0, Float.parseFloat(value)}, 2);
        StateDict dict = StateDict.builder().put("w", tensor).build();
        String printed = other.equals("F64")
                ? Double.toString(Double.parseDouble(value))
                : Float.toString(Float.parseFloat(value));

        assertThatThrownBy(() ->
                        Checkpoints.save(file(), dict, WriteOptions.defaults().withStoredType(type)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "\"w\" holds " + printed + ", which is beyond the range of " + type + "; store it as " + other);
    }

    @Test
    void floatsAreStoredAsTheTypeAskedForAndIntegersStay() throws IOException {
        StateDict dict = StateDict.builder()
                .put("weight", Tensor.wrap(new float[] {0.1f, 1}, 2))
                .put("steps", Tensor.scalar(70_000), Role.COUNTER, StoredType.I64)
                .build();

        Checkpoints.save(file(), dict, WriteOptions.defaults().withStoredType(StoredType.F16));

        StateDict back = Checkpoints.load(file());
        assertThat(back.storedType("weight")).isEqualTo(StoredType.F16);
        assertThat(back.get("weight").toArray()).containsExactly(0.099975586f, 1);
        assertThat(back.storedType("steps")).isEqualTo(StoredType.I64);
    }

    @Test
    void aValueBeyondTheTypeAskedForIsRefused() {
        StateDict dict = StateDict.builder()
                .put("w", Tensor.wrap(new float[] {1, -70_000}, 2))
                .build();

        assertThatThrownBy(() ->
                        Checkpoints.save(file(), dict, WriteOptions.defaults().withStoredType(StoredType.F16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"w\" holds -70000.0, which is beyond the range of F16; store it as F32");
        assertThatThrownBy(() -> WriteOptions.defaults().withStoredType(StoredType.I8))
                .hasMessage("floating-point entries are stored as F32, F16, BF16, F64 or an 8-bit float, not as I8");
    }

    @Test
    void everyValueIsReadExactly() throws IOException {
        String header = "{\"count\":{\"dtype\":\"I64\",\"shape\":[2,1],\"data_offsets\":[0,16]},"
                + "\"x\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[16,24]}}";
        Files.write(
                file(),
                Fixtures.safetensors(
                        header, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0xe0, 0x7f));

        StateDict dict = Checkpoints.load(file());

        assertThat(dict.get("count").toLongArray()).containsExactly(1, 4611686018444165121L);
        assertThat(dict.get("x").toDoubleArray()).containsExactly(8.98846567431158E307);
    }

    @Test
    void anUnsignedLongThatNoLongHoldsIsRefused() throws IOException {
        String header = "{\"u\":{\"dtype\":\"U64\",\"shape\":[2],\"data_offsets\":[0,16]}}";
        Files.write(file(), Fixtures.safetensors(header, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x80));

        assertThatThrownBy(() -> Checkpoints.load(file()))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file() + ": \"u\"[1]: 9223372036854775809 (U64) is beyond the range of a long; save it as"
                        + " another type");
    }

    @Test
    void aBooleanThatIsNeitherIsRefused() throws IOException {
        Files.write(
                file(),
                Fixtures.safetensors("{\"m\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[0,2]}}", 1, 2));

        assertThatThrownBy(() -> Checkpoints.load(file())).hasMessage(file() + ": \"m\"[1]: 2 (BOOL) must be 0 or 1");
    }

    @Test
    void nanPayloadsSurvive() throws IOException {
        float odd = Float.intBitsToFloat(0xffc12345);
        StateDict dict = StateDict.builder().put("x", Tensor.scalar(odd)).build();

        assertThat(Float.floatToRawIntBits(reload(dict).get("x").item())).isEqualTo(0xffc12345);
    }

    @Test
    void anEmptyDictIsAFile() throws IOException {
        assertThat(reload(StateDict.builder().build())).isEmpty();
        assertThat(header()).isEqualTo("{\"__metadata__\":{\"format\":\"pt\"}}");
    }

    @Test
    void metadataIsWrittenByKeyAndReadBack() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("b", "2");
        metadata.put("a", "\u00e4\n");

        Checkpoints.save(
                file(),
                GOLDEN_DICT,
                WriteOptions.defaults().withMetadata(metadata).withStoredType(StoredType.BF16));

        assertThat(header()).startsWith("{\"__metadata__\":{\"a\":\"\u00e4\\n\",\"b\":\"2\"},\"fc.bias\":");
        try (Checkpoint checkpoint = Checkpoints.open(file())) {
            assertThat(checkpoint.metadata()).containsExactly(entry("a", "\u00e4\n"), entry("b", "2"));
        }
    }

    @Test
    void metadataThatWouldBeTakenForATieIsRefused() {
        assertThatThrownBy(() -> Checkpoints.save(
                        file(), GOLDEN_DICT, WriteOptions.defaults().withMetadata(Map.of("best", "fc.bias"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("metadata \"best\" has the key of a tensor, \"fc.bias\", as its value, which in safetensors"
                        + " means that \"best\" is tied to it; write another value");
        assertThatThrownBy(() -> WriteOptions.defaults().withMetadata(Map.of("statedict", "")))
                .hasMessage("the metadata name \"statedict\" is reserved");
    }

    @Test
    void theFormatIsNoTieEvenIfATensorIsNamedSo() throws IOException {
        StateDict dict = StateDict.builder().put("pt", Tensor.scalar(1)).build();

        assertThat(reload(dict).keySet()).containsExactly("pt");
    }

    @Test
    void extraStateTravelsUnderOneMetadataKey() throws IOException {
        StateDict dict = StateDict.builder()
                .put("w", Tensor.scalar(1))
                .extraState("", Map.of("vocabulary", "a b"))
                .extraState("fc", "text \ud83d\ude00")
                .extraState("head", (String) null)
                .build();

        StateDict back = reload(dict);

        assertThat(back.contentEquals(dict)).isTrue();
        assertThat(back.extraState()).containsEntry("head", null);
        assertThat(header())
                .startsWith("{\"__metadata__\":{\"format\":\"pt\",\"statedict\":\"{\\\"extra_state\\\":{\\\"\\\":"
                        + "{\\\"vocabulary\\\":\\\"a b\\\"},\\\"fc\\\":\\\"text \ud83d\ude00\\\","
                        + "\\\"head\\\":null}}\"},\"w\":");
    }

    @Test
    void keysThatNoFileCanHoldAreRefused() {
        assertThatThrownBy(() -> Checkpoints.save(
                        file(),
                        StateDict.builder().put("a\ud800", Tensor.scalar(1)).build()))
                .hasMessageEndingWith("holds half of a surrogate pair, which no file can express");
        assertThatThrownBy(() -> Checkpoints.save(
                        file(),
                        StateDict.builder()
                                .put("__metadata__", Tensor.scalar(1))
                                .build()))
                .hasMessage("the key \"__metadata__\" is reserved; rename the entry");
    }

    @Test
    void aHeaderPaddedInFrontOrNotAtAllIsRead() throws IOException {
        String entry = "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}";
        for (String header : new String[] {entry + "}", "  \n\t" + entry + "}", entry + "} \r\n"}) {
            Files.write(file(), Fixtures.safetensors(header, 9));

            assertThat(Checkpoints.load(file()).get("x").toArray()).containsExactly(9);
        }
    }

    private String header() throws IOException {
        byte[] bytes = Files.readAllBytes(file());
        int length = bytes[0] & 0xff | (bytes[1] & 0xff) << 8;
        return new String(bytes, 8, length, StandardCharsets.UTF_8).stripTrailing();
    }

    private static void assertTied(StateDict dict, String one, String other) {
        assertThat(dict.get(one).sharesStorageWith(dict.get(other))).isTrue();
        assertThat(TieGroups.tied(dict.get(one), dict.get(other))).isTrue();
    }
}
