package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.statedict.StateDict;
import dev.statedict.StateDictSchema;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.StoredType;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    @TempDir
    Path directory;

    private final StateDict dict = StateDict.builder()
            .put("fc.weight", Tensor.wrap(new float[] {1, 2, 3, 4, 5, 6}, 2, 3))
            .put("fc.bias", Tensor.wrap(new float[] {-1, 0.5f}, 2))
            .build();

    private Path saved(String suffix) throws IOException {
        Path file = directory.resolve("model" + suffix);
        Checkpoints.save(file, dict);
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {".safetensors", ".pt"})
    void anOpenFileTellsWhatItHoldsAndReadsSingleTensors(String suffix) throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(saved(suffix))) {
            assertThat(checkpoint.keys()).containsExactlyInAnyOrder("fc.weight", "fc.bias");
            assertThat(checkpoint.shape("fc.weight")).containsExactly(2, 3);
            assertThat(checkpoint.storedType("fc.weight")).isEqualTo(StoredType.F32);
            assertThat(checkpoint.tensor("fc.bias").toArray()).containsExactly(-1, 0.5f);
            assertThat(checkpoint.stateDict().contentEquals(dict)).isTrue();
        }
    }

    @Test
    void eachReadGivesAFreshTensor() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(saved(".pt"))) {
            Tensor once = checkpoint.tensor("fc.bias");
            once.fill(9);

            assertThat(checkpoint.tensor("fc.bias").toArray()).containsExactly(-1, 0.5f);
            assertThat(checkpoint.tensor("fc.bias").sharesStorageWith(once)).isFalse();
        }
    }

    @Test
    void anUnknownKeyIsNamed() throws IOException {
        Path file = saved(".safetensors");
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThatThrownBy(() -> checkpoint.shape("fc.wieght"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no key \"fc.wieght\" in " + file + "; there are \"fc.bias\", \"fc.weight\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".safetensors", ".pt"})
    void theFileMayBeReplacedOrDeletedWhileItIsOpen(String suffix) throws IOException {
        Path file = saved(suffix);
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            Checkpoints.save(
                    file, StateDict.builder().put("other", Tensor.scalar(1)).build());
            assertThat(checkpoint.stateDict().contentEquals(dict)).isTrue();
            Files.delete(file);
            assertThat(checkpoint.tensor("fc.bias").toArray()).containsExactly(-1, 0.5f);
        }
    }

    @Test
    void aFileThatIsCutWhileItIsOpenIsAnError() throws IOException {
        Path file = saved(".safetensors");
        try (Checkpoint checkpoint = Checkpoints.open(file);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long size = channel.size();
            channel.truncate(size - 1);

            assertThatThrownBy(checkpoint::stateDict)
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessage(String.format(
                            "%s: the file ends at offset %d, where it had %d bytes when opened", file, size - 1, size));
        }
    }

    @Test
    void aFileLargerThanTwoGigabytesIsReadHereAndThere() throws IOException {
        Path file = directory.resolve("large.safetensors");
        int numel = 700_000_000;
        long bytes = 4L * numel;
        String entry = "\":{\"dtype\":\"F32\",\"shape\":[";
        byte[] start = Fixtures.safetensors("{\"a" + entry + numel + "],\"data_offsets\":[0," + bytes + "]},\"b" + entry
                + "1],\"data_offsets\":[" + bytes + "," + (bytes + 4) + "]}}");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(start));
            channel.write(ByteBuffer.wrap(new byte[] {0, 0, 0x20, 0x41}), start.length + bytes);
        }

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.shape("a")).containsExactly(numel);
            assertThat(checkpoint.tensor("b").toArray()).containsExactly(10);
        }
    }

    @Test
    void whatIsNoFileIsWhatTheJdkSays() {
        Path file = directory.resolve("none.safetensors");
        assertThatThrownBy(() -> Checkpoints.load(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aListenerIsToldHowFarItIs() throws IOException {
        Path file = directory.resolve("model.safetensors");
        StateDict large = StateDict.builder().put("w", Tensor.zeros(600, 1000)).build();
        List<Long> written = new ArrayList<>();
        List<Long> read = new ArrayList<>();

        Checkpoints.save(file, large, WriteOptions.defaults().withProgress((done, total) -> {
            assertThat(total).isEqualTo(2_400_000);
            written.add(done);
        }));
        Checkpoints.load(file, ReadOptions.defaults().withProgress((done, total) -> {
            assertThat(total).isEqualTo(2_400_000);
            read.add(done);
        }));

        assertThat(written).isSorted().hasSizeGreaterThan(1).endsWith(2_400_000L);
        assertThat(read).isSorted().hasSizeGreaterThan(1).endsWith(2_400_000L);
    }

    @Test
    void aListenerThatThrowsEndsTheSaveAndTheOldFileStays() throws IOException {
        Path file = saved(".safetensors");

        assertThatThrownBy(() -> Checkpoints.save(
                        file,
                        StateDict.builder().put("x", Tensor.zeros(9)).build(),
                        WriteOptions.defaults().withProgress((done, total) -> {
                            throw new IllegalStateException("enough");
                        })))
                .hasMessage("enough");

        assertThat(Checkpoints.load(file).contentEquals(dict)).isTrue();
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aDigestTellsOfAnyChange() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Checkpoints.save(file, dict, WriteOptions.defaults().withDigest());
        assertThat(Checkpoints.load(file).contentEquals(dict)).isTrue();

        // fc.bias lies first; its last byte, the sign and exponent of 0.5, becomes that of -0.5
        byte[] content = Files.readAllBytes(file);
        int last = content.length - 24 - 1;
        assertThat(content[last]).isEqualTo((byte) 0x3f);
        content[last] = (byte) 0xbf;
        Files.write(file, content);

        assertThatThrownBy(() -> Checkpoints.load(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageMatching(
                        ".*: \"fc.bias\": its bytes have SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}; it has"
                                + " changed since it was written");
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.tensor("fc.weight").get(0, 0)).isEqualTo(1);
            assertThatThrownBy(() -> checkpoint.tensor("fc.bias")).isInstanceOf(CheckpointFormatException.class);
        }
    }

    @Test
    void aDigestIsThatOfTheStoredBytes() throws IOException, NoSuchAlgorithmException {
        Path file = directory.resolve("model.safetensors");
        Checkpoints.save(file, dict, WriteOptions.defaults().withDigest().withStoredType(StoredType.BF16));

        byte[] bias = {(byte) 0x80, (byte) 0xbf, 0, 0x3f};
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bias));
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .contains("\\\"sha256\\\":{")
                .contains("\\\"fc.bias\\\":\\\"" + digest);
        assertThat(Checkpoints.load(file).get("fc.bias").toArray()).containsExactly(-1, 0.5f);
    }

    @Test
    void aDigestOfATensorThatIsGoneIsAnError() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Files.write(
                file,
                Fixtures.safetensors(
                        "{\"__metadata__\":{\"statedict\":\"{\\\"sha256\\\":{\\\"gone\\\":\\\"00\\\"}}\"}}"));

        assertThatThrownBy(() -> Checkpoints.load(file))
                .hasMessage(file + ": there is a digest of \"gone\", and no such tensor");
    }

    @Test
    void aPytorchFileCarriesDigestsToo() throws IOException {
        Path file = directory.resolve("model.pt");
        Checkpoints.save(file, dict, WriteOptions.defaults().withDigest());

        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("{\"sha256\":{\"fc.weight\":\"");
        assertThat(Checkpoints.load(file).contentEquals(dict)).isTrue();
    }

    @Test
    void versionsSurviveAFile() throws IOException {
        StateDict versioned = StateDict.builder()
                .put("fc.w", Tensor.scalar(1))
                .version("", 2)
                .version("fc", 3)
                .build();
        for (String suffix : new String[] {".safetensors", ".pt"}) {
            Path file = directory.resolve("versioned" + suffix);
            Checkpoints.save(file, versioned);

            assertThat(Checkpoints.load(file).versions()).containsExactly(entry("", 2), entry("fc", 3));
            assertThat(Checkpoints.load(file, ReadOptions.defaults().withPart("fc"))
                            .versions())
                    .containsExactly(entry("", 3));
        }
    }

    /** fc.weight [2, 3] and fc.bias [bias]. */
    private record Model(int bias) implements Stateful {
        @Override
        public void visitState(StateVisitor visitor) {
            visitor.submodule("fc", new Stateful() {
                @Override
                public void visitState(StateVisitor inner) {
                    inner.parameter("weight", Tensor.zeros(2, 3));
                    inner.parameter("bias", Tensor.zeros(bias));
                }
            });
        }
    }

    @Test
    void aFileIsHeldAgainstASchemaWithoutReadingATensor() throws IOException {
        Path file = saved(".safetensors");

        assertThat(Checkpoints.check(file, StateDictSchema.of(new Model(2))).isCompatible())
                .isTrue();
        assertThat(Checkpoints.check(file, StateDictSchema.of(new Model(3))).toString())
                .contains("fc.bias");
    }

    @Test
    void aPartOfASafetensorsFileIsWhatItsKeysBeginWith() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Checkpoints.save(
                file,
                StateDict.builder()
                        .put("fc.weight", Tensor.scalar(1))
                        .put("fcx", Tensor.scalar(2))
                        .put("fc.inner.w", Tensor.scalar(3))
                        .extraState("fc", "a")
                        .extraState("fc.inner", Map.of("b", "c"))
                        .extraState("other", "d")
                        .build());

        StateDict part = Checkpoints.load(file, ReadOptions.defaults().withPart("fc"));

        assertThat(part.keySet()).containsExactly("inner.w", "weight");
        assertThat(part.extraState()).containsOnly(entry("", "a"), entry("inner", Map.of("b", "c")));
    }
}
