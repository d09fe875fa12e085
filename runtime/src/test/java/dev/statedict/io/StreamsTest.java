package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.codec.ArrayType;
import dev.statedict.codec.CodedDict;
import dev.statedict.codec.Header;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from a stream, which may be cut short, may lie, and may be anything. */
@Timeout(60)
class StreamsTest {
    @TempDir
    Path directory;

    private final StateDict dict = StateDict.builder()
            .put("mask", Tensor.wrap(new boolean[] {true, false, true}, 3))
            .put("weight", Tensor.wrap(new float[] {1, 2, 3, 4}, 2, 2))
            .put("steps", Tensor.scalarLong(7))
            .build();

    /** What the format can hold of it: a file of NumPy's that is no archive one array. */
    private StateDict dict(CheckpointFormat format) {
        return format == CheckpointFormat.NUMPY_ARRAY
                ? StateDict.builder().put("arr_0", dict.get("weight")).build()
                : dict;
    }

    private static byte[] bytes(StateDict dict, CheckpointFormat format) {
        return Checkpoints.toBytes(dict, WriteOptions.defaults().withFormat(format));
    }

    /** Gives its bytes a few at a time, and says what is done with it. */
    private static final class Watched extends FilterInputStream {
        private final Random random = new Random(1);
        private final Thread thread = Thread.currentThread();
        boolean ended;
        boolean closed;

        Watched(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            assertThat(Thread.currentThread()).isSameAs(thread);
            int read = super.read(bytes, offset, Math.min(count, 1 + random.nextInt(50)));
            ended |= read < 0;
            return read;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsReadToItsEndByTheCallerAndNotClosed(CheckpointFormat format) throws IOException {
        Watched stream = new Watched(bytes(dict(format), format));

        assertThat(Checkpoints.load(stream).contentEquals(dict(format))).isTrue();

        assertThat(stream.ended).isTrue();
        assertThat(stream.closed).isFalse();
    }

    @Test
    void elementsMayLieAcrossWhateverComesAtATime() throws IOException {
        // 3 booleans, so that of all later elements some lie across the buffers' ends
        float[] floats = new float[1_500_000];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = i;
        }
        byte[] header = ("{\"mask\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[0,3]},"
                        + "\"weight\":{\"dtype\":\"F32\",\"shape\":[1500000],\"data_offsets\":[3,6000003]}}")
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + 6_000_003).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header).put(new byte[] {1, 0, 1});
        file.asFloatBuffer().put(floats);

        StateDict read = Checkpoints.load(new ByteArrayInputStream(file.array()));

        assertThat(read.get("weight").contentEquals(Tensor.wrap(floats, floats.length)))
                .isTrue();
        assertThat(read.get("mask").contentEquals(dict.get("mask"))).isTrue();
    }

    @Test
    void aPartIsReadWithoutTheRestAndTheStreamToItsEnd() throws IOException {
        StateDict whole = StateDict.builder()
                .put("a.weight", Tensor.zeros(1000))
                .put("b.weight", Tensor.wrap(new float[] {1, 2}, 2))
                .put("c.weight", Tensor.zeros(1000))
                .build();
        byte[] bytes = Checkpoints.toBytes(whole);
        ReadOptions part = ReadOptions.defaults().withPart("b");
        Watched stream = new Watched(bytes);

        StateDict read = Checkpoints.load(stream, part);

        assertThat(read.keySet()).containsExactly("weight");
        assertThat(read.get("weight").contentEquals(whole.get("b.weight"))).isTrue();
        assertThat(stream.ended).isTrue();
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 10);
        assertThatThrownBy(() -> Checkpoints.load(new ByteArrayInputStream(cut), part))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(
                        "<stream>: the stream ends at offset %,d, expected %,d bytes at least; it was cut short,"
                                + " so read it again from its source",
                        cut.length, bytes.length);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatEndsEarlyIsRefusedWhereverItEnds(CheckpointFormat format) throws IOException {
        byte[] bytes = bytes(dict(format), format);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Checkpoints.load(new ByteArrayInputStream(cut)))
                    .as("%s of %s bytes", length, bytes.length)
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessageStartingWith("<stream>: ");
            assertThatThrownBy(() -> Checkpoints.open(new ByteArrayInputStream(cut)))
                    .as("%s of %s bytes", length, bytes.length)
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessageStartingWith("<stream>: ");
        }
    }

    @Test
    void aStreamThatIsCutShortSaysWhere() {
        byte[] bytes = Checkpoints.toBytes(dict);
        assertThatThrownBy(() -> Checkpoints.load(new ByteArrayInputStream(bytes, 0, bytes.length - 1)))
                .hasMessage(
                        "<stream>: the stream ends at offset %,d, expected %,d bytes at least; it was cut short,"
                                + " so read it again from its source",
                        bytes.length - 1, bytes.length);
        assertThatThrownBy(() -> Checkpoints.load(new ByteArrayInputStream(bytes, 0, 20)))
                .hasMessageMatching("<stream>: the stream ends at offset 20, expected \\d+ bytes at least; it was cut"
                        + " short, so read it again from its source");
        assertThatThrownBy(() -> Checkpoints.load(InputStream.nullInputStream()))
                .hasMessage("<stream>: the stream is empty; it was cut short, or read before: read it from its source");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCompressedAndCutShortIsRefusedInTheSameWay(CheckpointFormat format) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            Checkpoints.save(gzip, dict(format), WriteOptions.defaults().withFormat(format));
        }
        byte[] bytes = compressed.toByteArray();

        assertThat(Checkpoints.load(new GZIPInputStream(new ByteArrayInputStream(bytes)))
                        .contentEquals(dict(format)))
                .isTrue();
        for (int cut = 1; cut < bytes.length - 20; cut += 10) {
            InputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes, 0, bytes.length - cut));
            assertThatThrownBy(() -> Checkpoints.load(stream))
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessageMatching("<stream>: the stream ends early, at offset \\d+ or soon after (.*); it was"
                            + " cut short, so read it again from its source");
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesBehindTheEndAreRefused(CheckpointFormat format) throws IOException {
        byte[] bytes = bytes(dict(format), format);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);

        assertThatThrownBy(() -> Checkpoints.load(new ByteArrayInputStream(longer)))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageMatching("<stream>: .*(end|bytes).*");
    }

    @Test
    void bytesBehindTheEndAreNotWaitedFor() {
        byte[] bytes = Checkpoints.toBytes(dict);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 7;
            }
        };
        assertThatThrownBy(() -> Checkpoints.load(new SequenceInputStream(new ByteArrayInputStream(bytes), endless)))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(
                        "<stream>: expected the end at offset %,d, the stream has more;"
                                + " a stream holds one checkpoint and nothing else",
                        bytes.length);
    }

    /** Two tensors of 8 GB each, far more than the heap of the tests, of which a few bytes arrive. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 5_000_000})
    void memoryGrowsWithWhatArrivesAndNotWithWhatIsClaimed(int arriving) {
        String header = "{\"a\":{\"dtype\":\"F64\",\"shape\":[2000000000],\"data_offsets\":[0,16000000000]},"
                + "\"b\":{\"dtype\":\"F64\",\"shape\":[2000000000],\"data_offsets\":[16000000000,32000000000]}}";
        byte[] start = Fixtures.safetensors(header, new int[arriving]);

        assertThatThrownBy(() -> Checkpoints.load(new ByteArrayInputStream(start)))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageStartingWith("<stream>: the stream ends at offset %,d, expected 32,000,0", start.length);
    }

    /** The same of what statedict itself writes, which goes right into its tensors too. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 5_000_000})
    void ofAStatedictToo(int arriving) {
        Header.Block a = new Header.Block(ArrayType.F64, 2_000_000_000, 1, 0);
        Header.Block b = new Header.Block(ArrayType.F64, 2_000_000_000, 1, 16_000_000_000L);
        Header header = new Header(List.of(a, b), List.of(), CodedDict.Notes.NONE);
        byte[] bytes = header.toBytes();
        byte[] start = Arrays.copyOf(bytes, bytes.length + arriving);

        assertThatThrownBy(() -> Checkpoints.load(new ByteArrayInputStream(start)))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(
                        "<stream>: the stream ends at offset %,d, expected %,d bytes at least; it was cut short,"
                                + " so read it again from its source",
                        start.length, bytes.length + 32_000_000_000L);
    }

    @Test
    void aPartOfAStatedictIsReadAndTheStreamToItsEnd() throws IOException {
        StateDict whole = StateDict.builder()
                .put("a.weight", Tensor.zeros(1000))
                .put("b.weight", Tensor.wrap(new float[][] {{1, 2}, {3, 4}}))
                .build();
        Watched stream = new Watched(bytes(whole, CheckpointFormat.STATEDICT));

        StateDict read = Checkpoints.load(stream, ReadOptions.defaults().withPart("b"));

        assertThat(read.keySet()).containsExactly("weight");
        assertThat(read.get("weight").contentEquals(whole.get("b.weight"))).isTrue();
        assertThat(stream.ended).isTrue();
    }

    @Test
    void aHeaderThatIsClaimedToBeLongTakesNoMemory() {
        byte[] start = ByteBuffer.allocate(100)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(99_999_999)
                .put((byte) '{')
                .array();
        assertThatThrownBy(() -> Checkpoints.load(new ByteArrayInputStream(start)))
                .hasMessageStartingWith("<stream>: the stream ends at offset 100, expected ");
    }

    /** Bits, lengths and bytes that are changed at random, in the header above all. */
    @ParameterizedTest
    @EnumSource(names = {"SAFETENSORS", "STATEDICT"})
    void aStreamIsRefusedWhereItsBytesAreAndGivesTheSame(CheckpointFormat format) throws IOException {
        long seed = 20_261_126;
        Random random = new Random(seed);
        byte[] sound = bytes(dict, format);
        int accepted = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] changed = Arrays.copyOf(sound, sound.length + (i % 5 == 0 ? random.nextInt(9) - 4 : 0));
            for (int change = random.nextInt(3); change >= 0; change--) {
                changed[random.nextInt(changed.length)] =
                        (byte) (i % 2 == 0 ? random.nextInt() : '0' + random.nextInt(10));
            }
            StateDict expected = load(() -> Checkpoints.load(changed));
            StateDict found = load(() -> Checkpoints.load(new ByteArrayInputStream(changed)));

            assertThat(found == null).as("seed %s, case %s", seed, i).isEqualTo(expected == null);
            if (found != null) {
                assertThat(found.contentEquals(expected))
                        .as("seed %s, case %s", seed, i)
                        .isTrue();
                accepted++;
            }
        }
        assertThat(accepted).isBetween(100, 4_900);
    }

    private interface Load {
        StateDict load() throws IOException;
    }

    private static StateDict load(Load load) throws IOException {
        try {
            return load.load();
        } catch (CheckpointFormatException refused) {
            return null;
        }
    }

    @Test
    void whatIsNoCheckpointIsTold() {
        byte[] text = "<!DOCTYPE html><html>".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Checkpoints.load(new ByteArrayInputStream(text)))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage("<stream>: a web page (HTML), perhaps one that says why there is no file; download the file"
                        + " itself");
    }

    @Test
    void whatAStreamThrowsIsThrownAsItIs() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        byte[] bytes = Checkpoints.toBytes(dict);
        assertThatThrownBy(() -> Checkpoints.load(broken))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("connection reset");
        assertThatThrownBy(() ->
                        Checkpoints.load(new SequenceInputStream(new ByteArrayInputStream(bytes, 0, 600), broken)))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    @Test
    void aLongStreamGoesToATemporaryFileThatIsGoneWhenItIsClosed() throws IOException {
        StateDict large =
                StateDict.builder().put("weight", Tensor.zeros(1_000_000)).build();
        byte[] bytes = bytes(large, CheckpointFormat.PYTORCH);
        Set<Path> before = temporaries();
        Path open = Path.of("/proc/self/fd");

        try (Checkpoint checkpoint = Checkpoints.open(
                new ByteArrayInputStream(bytes), ReadOptions.defaults().withStreamMemory(1_000_000))) {
            if (Files.exists(open)) {
                assertThat(Files.list(open).filter(Files::isSymbolicLink).map(StreamsTest::target))
                        .anyMatch(file -> file.contains("/statedict-"));
            }
            assertThat(checkpoint.stateDict().contentEquals(large)).isTrue();
        }
        assertThat(temporaries()).isEqualTo(before);
        assertThatThrownBy(() -> Checkpoints.load(
                        new ByteArrayInputStream(bytes, 0, bytes.length - 1),
                        ReadOptions.defaults().withStreamMemory(0)))
                .isInstanceOf(CheckpointFormatException.class);
        assertThat(temporaries()).isEqualTo(before);
        assertThatThrownBy(() -> ReadOptions.defaults().withStreamMemory(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a stream takes 0 bytes of memory or more, not -1");
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static Set<Path> temporaries() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("statedict-\\d+\\.tmp"))
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SAFETENSORS", "STATEDICT"})
    void anInterruptedLoadFromAStreamEnds(CheckpointFormat format) {
        byte[] bytes = bytes(dict, format);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Checkpoints.load(new ByteArrayInputStream(bytes)))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted while a checkpoint went through a stream");
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"SAFETENSORS", "PYTORCH"})
    void anInterruptedSaveToAStreamEnds(CheckpointFormat format) {
        WriteOptions options = WriteOptions.defaults().withFormat(format);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Checkpoints.save(new ByteArrayOutputStream(), dict, options))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted while a checkpoint went through a stream");
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"SAFETENSORS", "STATEDICT"})
    void progressIsToldInTheCallingThread(CheckpointFormat format) throws IOException {
        StateDict large =
                StateDict.builder().put("weight", Tensor.zeros(5_000_000)).build();
        Thread caller = Thread.currentThread();
        long[] last = {0, 0, 0};
        ReadOptions options = ReadOptions.defaults().withProgress((done, total) -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            assertThat(done).isGreaterThan(last[0]);
            last[0] = done;
            last[1] = total;
            last[2]++;
        });

        Checkpoints.load(new ByteArrayInputStream(bytes(large, format)), options);

        assertThat(last[0]).isEqualTo(20_000_000);
        assertThat(last[1]).isEqualTo(20_000_000);
        assertThat(last[2]).isGreaterThan(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"SAFETENSORS", "STATEDICT"})
    void aDigestIsCheckedInAStreamToo(CheckpointFormat format) {
        byte[] bytes = Checkpoints.toBytes(
                dict, WriteOptions.defaults().withFormat(format).withDigest());
        bytes[bytes.length - 1] ^= 1;
        assertThatThrownBy(() -> Checkpoints.load(new ByteArrayInputStream(bytes)))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageContaining("it has changed since it was written");
    }

    @Test
    void aResourceLiesBesideItsClass() throws IOException {
        Path file = Fixtures.copy("tied.safetensors", directory);

        assertThat(Checkpoints.load(StreamsTest.class, "tied.safetensors").contentEquals(Checkpoints.load(file)))
                .isTrue();
        try (Checkpoint checkpoint = Checkpoints.open(StreamsTest.class, "tied.safetensors")) {
            assertThat(checkpoint.stateDict().contentEquals(Checkpoints.load(file)))
                    .isTrue();
        }
        assertThatThrownBy(() -> Checkpoints.load(StreamsTest.class, "missing.safetensors"))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageStartingWith(
                        "there is no resource \"missing.safetensors\" beside" + " dev.statedict.io.StreamsTest; ");
        assertThatThrownBy(() -> Checkpoints.load(String.class, "missing"))
                .hasMessage("there is no resource \"missing\" beside java.lang.String; if it is there, its module keeps"
                        + " its package closed: open that, or give String.class.getResource(...)");
    }

    @Test
    void noStreamEndsInABareEndOfFile() {
        InputStream stream = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new EOFException("too early");
            }
        };
        assertThatThrownBy(() -> Checkpoints.load(stream))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage("<stream>: the stream ends early, at offset 0 or soon after (too early); it was cut short,"
                        + " so read it again from its source");
    }
}
