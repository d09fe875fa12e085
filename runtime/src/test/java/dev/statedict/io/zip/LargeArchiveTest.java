package dev.statedict.io.zip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StoredType;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.pickle.PickleWriter;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.transfer.Progress;
import dev.statedict.io.write.StoredEntry;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An archive with a record of more than 4 GiB, and one behind it: nearly all of it is a hole on the disk. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a file has holes there only if it is told to")
class LargeArchiveTest {
    private static final int ELEMENTS = (1 << 29) + 2;
    private static final long LENGTH = ELEMENTS * 8L;

    @TempDir
    static Path directory;

    private static Path file = Path.of("");

    @BeforeAll
    static void write() throws IOException {
        file = directory.resolve("large.pt");
        Tensor zeros = Tensor.strided(new float[1], 0, new int[] {ELEMENTS}, new int[] {0});
        Tensor small = Tensor.wrap(new float[] {1, 2, 3}, 3);
        ZipWriter zip = new ZipWriter();
        zip.record("archive/data.pkl", pickle());
        zip.record("archive/data/0", new StoredEntry("large", zeros, StoredType.F64));
        zip.record("archive/data/1", new StoredEntry("small", small, StoredType.F32));
        zip.record("archive/version", new byte[] {'3'});
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            zip.writeTo(new SparseChannel(channel), new Progress((done, total) -> {}));
            long end = record("archive/data/0").position() + LENGTH;
            ByteBuffer last =
                    ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, 2.5);
            channel.write(last, end - 8);
        }
    }

    /** The last two elements of the large storage, and all of the small one. */
    private static byte[] pickle() {
        PickleWriter pickle = new PickleWriter();
        pickle.emptyDict().mark();
        tensor(pickle, "tail", "DoubleStorage", "0", ELEMENTS, ELEMENTS - 2, 2);
        tensor(pickle, "small", "FloatStorage", "1", 3, 0, 3);
        pickle.setItems();
        return pickle.finish();
    }

    private static void tensor(
            PickleWriter pickle, String key, String type, String storage, int numel, int offset, int size) {
        pickle.text(key).global("torch._utils", "_rebuild_tensor_v2").mark();
        pickle.mark().text("storage").global("torch", type).text(storage).text("cpu");
        pickle.integer(numel).tuple().persistent();
        pickle.integer(offset).mark().integer(size).tuple().mark().integer(1).tuple();
        pickle.no().global("collections", "OrderedDict").emptyTuple().call();
        pickle.tuple().call();
    }

    private static ZipRecord record(String name) throws IOException {
        try (FileBytes bytes = FileBytes.open(file)) {
            Map<String, ZipRecord> records = ZipDirectory.read(bytes);
            return records.get(name);
        }
    }

    @Test
    void tensorsInItAndBehindItAreRead() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.tensor("tail").toArray()).containsExactly(0, 2.5f);
            assertThat(checkpoint.tensor("small").toArray()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void theJdkReadsTheDirectoryTheSameWay() throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry large = zip.getEntry("archive/data/0");
            assertThat(large.getSize()).isEqualTo(LENGTH);
            assertThat(large.getCompressedSize()).isEqualTo(LENGTH);

            ZipEntry small = zip.getEntry("archive/data/1");
            // the stream compares sums
            try (InputStream bytes = zip.getInputStream(small)) {
                assertThat(ByteBuffer.wrap(bytes.readAllBytes())
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getFloat(8))
                        .isEqualTo(3);
            }
        }
    }

    @Test
    void theLocalHeaderHasTheLengthInItsExtraField() throws IOException {
        ZipRecord large = record("archive/data/0");
        try (FileBytes bytes = FileBytes.open(file)) {
            ByteBuffer header = bytes.read(large.header(), (int) (large.position() - large.header()));
            int extra = 30 + "archive/data/0".length();

            assertThat(header.getShort(4)).as("the version needed").isEqualTo((short) 45);
            assertThat(header.getInt(18)).as("the size in the archive").isEqualTo(-1);
            assertThat(header.getInt(22)).as("the size").isEqualTo(-1);
            assertThat(header.getShort(extra)).as("the kind of the field").isEqualTo((short) 1);
            assertThat(header.getShort(extra + 2)).as("its length").isEqualTo((short) 16);
            assertThat(header.getLong(extra + 4)).isEqualTo(LENGTH);
            assertThat(header.getLong(extra + 12)).isEqualTo(LENGTH);
        }
        assertThat(large.position() % 64).as("alignment").isZero();
        assertThat(record("archive/data/1").header()).isGreaterThan(1L << 32);
    }
}
