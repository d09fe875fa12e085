package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that several threads read and write, as they are larger than some megabytes. */
class LargeFileTest {
    private static final int ELEMENTS = 3_000_001;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "model.pt"})
    void whatSeveralThreadsWriteAndReadIsWhatWasThere(String name) throws IOException {
        StateDict dict = StateDict.builder()
                .put("large", random(ELEMENTS))
                .put("scalar", Tensor.scalar(1))
                .put("empty", Tensor.zeros(0))
                .put("transposed", random(1_400_000).reshape(700, 2000).transpose(0, 1))
                .put("every.third", random(900_000).reshape(300_000, 3).select(1, 2))
                .put("small", random(7))
                .build();
        Path file = directory.resolve(name);

        Checkpoints.save(file, dict);

        assertThat(Checkpoints.load(file).contentEquals(dict)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "model.pt"})
    void anyTypeMayBeSplitAmongThreads(String name) throws IOException {
        Tensor integers = random(ELEMENTS);
        float[] elements = integers.storage();
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (int) (elements[i] * 100);
        }
        Path file = directory.resolve(name);
        for (StoredType type : new StoredType[] {StoredType.F64, StoredType.F16}) {
            StateDict dict = StateDict.builder().put("w", integers).build();
            Checkpoints.save(file, dict, WriteOptions.defaults().withStoredType(type));

            StateDict loaded = Checkpoints.load(file);
            assertThat(loaded.get("w").to(ElementType.F32).contentEquals(integers))
                    .isTrue();
            assertThat(loaded.storedType("w")).isEqualTo(type);
        }
    }

    @Test
    void theSumsOfARecordAreThoseOfAnyZipProgram() throws IOException {
        Path file = directory.resolve("model.pt");
        Checkpoints.save(
                file,
                StateDict.builder()
                        .put("a", random(ELEMENTS))
                        .put("b", random(1_000_000))
                        .build());

        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                // the stream compares sums
                assertThat(zip.getInputStream(entry).readAllBytes()).hasSize((int) entry.getSize());
            }
            assertThat(zip.size()).isEqualTo(5);
        }
    }

    @Test
    void aBrokenByteOfARecordIsFoundWhicheverThreadReadsIt() throws IOException {
        Path file = directory.resolve("model.pt");
        Checkpoints.save(file, StateDict.builder().put("w", random(ELEMENTS)).build());
        flipByte(file, Files.size(file) - 2_000_000);

        assertThatThrownBy(() -> Checkpoints.load(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageMatching(".*model.pt: \"w\": the 12,000,004 bytes at offset \\d+ have CRC-32 [0-9a-f]{8},"
                        + " expected [0-9a-f]{8}");
    }

    @Test
    void ofSeveralElementsThatCannotBeReadTheFirstIsNamed() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Tensor tensor = Tensor.zeros(ElementType.I64, 2_500_000);
        Checkpoints.save(
                file,
                StateDict.builder()
                        .put("w", tensor, Role.BUFFER, StoredType.U64)
                        .build());
        long end = Files.size(file);
        for (int element : new int[] {1_300_000, 1_300_001, 2_499_999}) {
            // the highest bit of a little-endian number
            flipBits(file, end - (2_500_000L - element) * Long.BYTES + Long.BYTES - 1, 0x80);
        }

        assertThatThrownBy(() -> Checkpoints.load(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageContaining("\"w\"[1300000]: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "model.pt"})
    void aListenerIsToldInTheThreadThatCalls(String name) throws IOException {
        Path file = directory.resolve(name);
        List<Long> told = new ArrayList<>();
        Thread caller = Thread.currentThread();
        ProgressListener listener = (done, total) -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            assertThat(total).isEqualTo(4L * ELEMENTS);
            told.add(done);
        };

        Checkpoints.save(
                file,
                StateDict.builder().put("w", random(ELEMENTS)).build(),
                WriteOptions.defaults().withProgress(listener));
        assertThat(told).isSorted().doesNotHaveDuplicates().endsWith(4L * ELEMENTS);

        told.clear();
        Checkpoints.load(file, ReadOptions.defaults().withProgress(listener));
        assertThat(told).isSorted().doesNotHaveDuplicates().endsWith(4L * ELEMENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "model.pt"})
    void anInterruptEndsASaveAndTheOldFileStays(String name) throws IOException {
        Path file = directory.resolve(name);
        StateDict old = StateDict.builder().put("w", Tensor.scalar(1)).build();
        StateDict large = StateDict.builder().put("w", random(ELEMENTS)).build();
        Checkpoints.save(file, old);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Checkpoints.save(file, large)).isInstanceOf(ClosedByInterruptException.class);

        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(Checkpoints.load(file).contentEquals(old)).isTrue();
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void anInterruptEndsALoad() throws IOException {
        Path file = directory.resolve("model.safetensors");
        Checkpoints.save(file, StateDict.builder().put("w", random(ELEMENTS)).build());

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(checkpoint::stateDict).isInstanceOf(ClosedByInterruptException.class);
        }
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }

    private static Tensor random(int elements) {
        Random random = new Random(elements);
        Tensor tensor = Tensor.zeros(elements);
        float[] storage = tensor.storage();
        for (int i = 0; i < elements; i++) {
            storage[i] = random.nextFloat();
        }
        return tensor;
    }

    private static void flipByte(Path file, long position) throws IOException {
        flipBits(file, position, 1);
    }

    private static void flipBits(Path file, long position, int bits) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.put(0, (byte) (one.get(0) ^ bits));
            channel.write(one.rewind(), position);
        }
    }
}
