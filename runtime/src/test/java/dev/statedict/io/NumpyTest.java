package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NumPy's files; {@code make-numpy.py} wrote the fixtures. */
class NumpyTest {
    private static final WriteOptions ARRAY = WriteOptions.defaults().withFormat(CheckpointFormat.NUMPY_ARRAY);

    @TempDir
    Path directory;

    private Path fixture(String name) {
        return Fixtures.copy(name, directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"numpy.npz", "numpy-deflated.npz"})
    void everyTypeAndOrderIsReadAsNumpyReadsIt(String name) throws IOException {
        StateDict expected = Checkpoints.load(fixture("numpy.safetensors"));

        StateDict arrays = Checkpoints.load(fixture(name));

        assertThat(arrays).hasSize(12 * 6 + 1);
        assertThat(arrays.contentEquals(expected)).isTrue();
        assertThat(arrays.keySet())
                .allSatisfy(key -> assertThat(arrays.storedType(key)).isEqualTo(expected.storedType(key)));
        assertThat(arrays.get("f4/columns").strides()).containsExactly(1, 4, 12);
        assertThat(arrays.get("f4/scalar").shape()).isEmpty();
    }

    @Test
    void otherVersionsAndByteOrdersAreReadAndWhatIsForeignIsNamed() throws IOException {
        Path file = fixture("numpy-odd.npz");
        StateDict expected = Checkpoints.load(fixture("numpy-odd.safetensors"));

        StateDict arrays = Checkpoints.load(file, ReadOptions.defaults().skipForeign());

        assertThat(arrays.contentEquals(expected)).isTrue();
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.foreign())
                    .isEqualTo(Map.of(
                            "objects",
                            "an array of Python objects; load it with allow_pickle=True and save numbers",
                            "texts",
                            "an array of texts; save numbers instead",
                            "bytes",
                            "an array of texts; save numbers instead",
                            "complex",
                            "an array of complex numbers; save array.real and array.imag instead",
                            "times",
                            "an array of times; save array.astype(\"int64\") instead",
                            "structured",
                            "a structured array of NumPy; save its fields one by one",
                            "raw",
                            "an array of raw bytes (|V2), perhaps of bfloat16; save array.astype(\"float32\") instead",
                            "extended",
                            "an array of floats of <f16; save array.astype(\"float64\") instead",
                            "notes.txt",
                            "a file that is no array of NumPy; read it by zipfile"));
            assertThatThrownBy(checkpoint::stateDict)
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessageContaining("\"objects\": an array of Python objects");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"numpy.npz", "numpy-deflated.npz", "numpy-odd.npz"})
    void oneArrayIsReadWithoutTheOthers(String name) throws IOException {
        Path file = fixture(name);
        StateDict all = Checkpoints.load(file, ReadOptions.defaults().skipForeign());

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            for (int time = 0; time < 2; time++) {
                for (String key : checkpoint.keys()) {
                    assertThat(checkpoint.tensor(key).contentEquals(all.get(key)))
                            .as(key)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"numpy.npz", "numpy-deflated.npz"})
    void noTwoArraysLieInOnePlace(String name) throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(fixture(name))) {
            assertThat(checkpoint.keys().stream()
                            .map(checkpoint::location)
                            .filter(location -> location.byteCount() > 0)
                            .map(TensorLocation::offset))
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"numpy.npz", "numpy-deflated.npz"})
    void arraysAreCopiedUnread(String name) throws IOException {
        StateDict expected = Checkpoints.load(fixture("numpy.safetensors"));
        for (String format : List.of("safetensors", "npz", "pt", "statedict")) {
            Path copied = directory.resolve("copied." + format);
            try (Checkpoint checkpoint = Checkpoints.open(fixture(name))) {
                Checkpoints.save(copied, checkpoint.unread());
            }

            assertThat(Checkpoints.load(copied).contentEquals(expected))
                    .as(format)
                    .isTrue();
        }
    }

    /** The members of an archive are what numpy.save writes. */
    @Test
    void anArrayIsWrittenToTheByteAsNumpyWritesIt() throws IOException {
        Path file = fixture("numpy.npz");
        StateDict arrays = Checkpoints.load(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (String key : arrays.keySet()) {
                StateDict one = arrays.filter(key::equals);
                byte[] numpys = zip.getInputStream(zip.getEntry(key + ".npy")).readAllBytes();

                assertThat(Checkpoints.toBytes(one, ARRAY)).as(key).isEqualTo(numpys);
            }
        }
    }

    @Test
    void theMembersOfAnArchiveAreWrittenSoToo() throws IOException {
        StateDict arrays = Checkpoints.load(fixture("numpy.npz"));
        Path saved = directory.resolve("saved.npz");

        Checkpoints.save(saved, arrays);

        assertThat(Checkpoints.load(saved).contentEquals(arrays)).isTrue();
        try (ZipFile ours = new ZipFile(saved.toFile());
                ZipFile numpys = new ZipFile(fixture("numpy.npz").toFile())) {
            for (ZipEntry entry : Collections.list(ours.entries())) {
                assertThat(ours.getInputStream(entry).readAllBytes())
                        .isEqualTo(numpys.getInputStream(numpys.getEntry(entry.getName()))
                                .readAllBytes());
            }
        }
    }

    @Test
    void aFileOfOneArrayHasTheKeyThatSavezGivesIt() throws IOException {
        Path file = fixture("column-major.npy");

        StateDict dict = Checkpoints.load(file);

        assertThat(dict.keySet()).containsExactly("arr_0");
        Tensor expected = Checkpoints.load(fixture("numpy.npz")).get("f4/columns");
        assertThat(dict.get("arr_0").contentEquals(expected)).isTrue();
        Path again = directory.resolve("again.npy");
        Checkpoints.save(again, StateDict.builder().put("any.name", expected).build());
        assertThat(again).hasSameBinaryContentAs(file);
    }

    @Test
    void anEmptyArchiveIsAnEmptyDict() throws IOException {
        Path file = directory.resolve("empty.npz");
        Checkpoints.save(file, StateDict.builder().build());

        assertThat(file).hasSize(22);
        assertThat(Checkpoints.load(file)).isEmpty();
    }

    @Test
    void whatIsBesideTheArraysIsTheCommentOfTheArchive() throws IOException {
        StateDict dict = StateDict.builder()
                .put("fc.weight", Tensor.copyOf(new float[] {1, 2}, 2))
                .extraState("fc", "text")
                .version("fc", 3)
                .build();
        Path file = directory.resolve("model.npz");

        Checkpoints.save(
                file,
                dict,
                WriteOptions.defaults().withMetadata(Map.of("run", "7")).withDigest());

        assertThat(Checkpoints.load(file).contentEquals(dict)).isTrue();
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.metadata()).isEqualTo(Map.of("run", "7"));
            assertThat(checkpoint.digests()).containsOnlyKeys("fc.weight");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(1);
            assertThat(zip.getComment()).startsWith("{\"run\":\"7\",\"statedict\":\"{\\\"versions\\\"");
        }
    }

    @Test
    void aCommentOfAnothersIsNoMetadata() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setComment("made on a Thursday");
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(Checkpoints.toBytes(
                    StateDict.builder().put("a", Tensor.scalar(2)).build(), ARRAY));
        }
        Path file = Files.write(directory.resolve("commented.npz"), bytes.toByteArray());

        assertThat(Checkpoints.load(file).get("a").get()).isEqualTo(2);
    }

    @Test
    void digestsAndSignaturesAreOfWhatNumpyStoresForATypeThatItLacks() throws Exception {
        StateDict dict = StateDict.builder()
                .put("weight", Tensor.wrap(new float[] {1, 2, 3}, 3), Role.PARAMETER, StoredType.BF16)
                .build();
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        WriteOptions signed = WriteOptions.defaults().withSigner(keys.getPrivate());
        ReadOptions verified = ReadOptions.defaults().withVerification(keys.getPublic());
        Path file = directory.resolve("signed.npz");
        Path source = directory.resolve("source.safetensors");

        Checkpoints.save(file, dict, signed);
        assertThat(Checkpoints.load(file, verified).contentEquals(dict)).isTrue();

        Checkpoints.save(source, dict);
        try (Checkpoint unread = Checkpoints.open(source)) {
            Checkpoints.save(file, unread.unread(), signed);
        }
        assertThat(Checkpoints.load(file, verified).contentEquals(dict)).isTrue();
    }

    @Test
    void tiesComeApartAndFloatsThatNumpyLacksAreWidened() throws IOException {
        Tensor weight = Tensor.copyOf(new float[] {1, 2}, 2);
        StateDict dict = StateDict.builder()
                .put("a", weight, Role.PARAMETER, StoredType.BF16)
                .put("b", weight)
                .put("rows", Tensor.wrap(new double[][] {{1, 2}, {3, 4}}))
                .build();
        Path file = directory.resolve("model.npz");

        Checkpoints.save(file, dict);
        StateDict loaded = Checkpoints.load(file);

        assertThat(loaded.contentEquals(dict)).isTrue();
        assertThat(loaded.storedType("a")).isEqualTo(StoredType.F32);
        assertThat(loaded.get("a").sharesStorageWith(loaded.get("b"))).isFalse();
        assertThatThrownBy(() ->
                        Checkpoints.save(file, dict, WriteOptions.defaults().withStoredType(StoredType.BF16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("NumPy has no BF16; store as F32, F16 or F64, or save as .safetensors");
    }

    @Test
    void whatOneArrayCannotHoldIsRefused() {
        StateDict two = StateDict.builder()
                .put("a", Tensor.scalar(1))
                .put("b", Tensor.scalar(2))
                .build();
        StateDict extra = StateDict.builder()
                .put("a", Tensor.scalar(1))
                .extraState("", "text")
                .build();

        assertThatThrownBy(() -> Checkpoints.toBytes(two, ARRAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an .npy file holds one array, not 2; save as .npz, or one entry alone");
        assertThatThrownBy(() -> Checkpoints.toBytes(extra, ARRAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "an .npy file holds nothing beside its array: no extra state, versions, metadata or digests;"
                                + " save as .npz");
    }

    private static byte[] npy(String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        byte[] file = Arrays.copyOf(
                new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0},
                10 + text.length + dataBytes);
        System.arraycopy(text, 0, file, 10, text.length);
        return file;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}"
                        + "| shape and type ask for 8 bytes behind the header, there are 4",
                "{'descr': '<f4', 'fortran_order': False, 'shape': ()} extra"
                        + "| the header of an array of NumPy: expected the end at character 54",
                "{'descr': '<i2', 'fortran_order': False, 'shape': ()}"
                        + "| shape and type ask for 2 bytes behind the header, there are 4; of several arrays in one file"
                        + " make an .npz by numpy.savez",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': ()}"
                        + "| the header of an array of NumPy: expected fortran_order to be True or False",
                "{'descr': '<f4', 'fortran_order': False, 'shape': 3}"
                        + "| the header of an array of NumPy: expected shape to be a tuple of whole numbers",
                "{'descr': '<f4', 'shape': ()}"
                        + "| the header of an array of NumPy: expected a dict of descr, fortran_order and shape",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}"
                        + "| the header of an array of NumPy: expected a value at character 51",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999,)}"
                        + "| shape [9999999999] asks for more than 2,147,483,639 elements, the most that an array of"
                        + " Java holds",
                "__import__('os').system('true')"
                        + "| the header of an array of NumPy: expected a value at character 0",
            })
    void aHeaderThatBreaksARuleIsRefused(String header, String problem) throws IOException {
        Path file = Files.write(directory.resolve("broken.npy"), npy(header, 4));

        assertThatThrownBy(() -> Checkpoints.open(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file + ": \"arr_0\": " + problem);
    }

    @Test
    void aVersionOfTheFutureIsRefused() throws IOException {
        byte[] later = npy("{'descr': '<f4', 'fortran_order': False, 'shape': ()}", 4);
        later[6] = 4;
        Path file = Files.write(directory.resolve("later.npy"), later);

        assertThatThrownBy(() -> Checkpoints.open(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(
                        file + ": \"arr_0\": version 4.0 of NumPy's format, expected 1.0, 2.0 or 3.0; save it again by"
                                + " NumPy");
    }

    private static byte[] deflated(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    /** Where the uncompressed size stands in the archive's directory. */
    private static int sizeAt(byte[] archive) {
        return new String(archive, StandardCharsets.ISO_8859_1).indexOf("PK\1\2") + 24;
    }

    @Test
    void whatInflatesToMoreThanItSaysIsRefused() throws IOException {
        byte[] archive = deflated(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (1000,)}", 1000));
        int at = sizeAt(archive);
        byte[] shorter = archive.clone();
        shorter[at]--;
        byte[] longer = archive.clone();
        longer[at]++;
        byte[] bomb = archive.clone();
        bomb[at + 2] = (byte) 0xff;

        assertRefused(shorter, "\"a\": shape and type ask for 1,000 bytes behind the header, there are 999");
        assertRefused(
                longer,
                "\"a\": shape and type ask for 1,000 bytes behind the header, there are 1,001;"
                        + " of several arrays in one file make an .npz by numpy.savez");
        assertThatThrownBy(() -> load(bomb))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageEndingWith(" deflated bytes cannot be the 16,712,748 that the archive says");
    }

    @Test
    void brokenDeflatedBytesAreRefused() throws IOException {
        byte[] archive = deflated(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (1000,)}", 1000));
        // the first byte behind the local header says which kind of block follows; there are three
        byte[] broken = archive.clone();
        broken[30 + "a.npy".length()] |= 6;
        byte[] other = archive.clone();
        other[sizeAt(archive) - 8]++;

        assertRefused(broken, "\"a.npy\": its deflated bytes are broken");
        assertThatThrownBy(() -> load(other))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageContaining("\"a\": the 1,000 bytes inflated have CRC-32 ");
    }

    @Test
    void aSumThatDoesNotFitIsTold() throws IOException {
        StateDict dict = StateDict.builder().put("a", Tensor.zeros(3)).build();
        byte[] archive = Checkpoints.toBytes(dict, WriteOptions.defaults().withFormat(CheckpointFormat.NUMPY));
        String text = new String(archive, StandardCharsets.ISO_8859_1);
        archive[text.indexOf("PK\1\2") - 1]++;

        assertThatThrownBy(() -> load(archive))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageContaining("\"a\": the 12 bytes at offset 192 have CRC-32 ");
    }

    private void assertRefused(byte[] archive, String problem) throws IOException {
        Path file = Files.write(directory.resolve("refused.npz"), archive);
        assertThatThrownBy(() -> Checkpoints.load(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file + ": " + problem);
    }

    private StateDict load(byte[] archive) throws IOException {
        return Checkpoints.load(Files.write(directory.resolve("loaded.npz"), archive));
    }

    /** Several threads read, and a deflated array is inflated from the first byte to the last. */
    @Test
    void largeArchivesAreReadStoredAndDeflated() throws IOException {
        Tensor large = Tensor.zeros(ElementType.F64, 1 << 19, 5);
        for (int i = 0; i < large.size(0); i += 7) {
            large.set(i, i, 3);
        }
        StateDict dict = StateDict.builder().put("a", large).put("b", large).build();
        byte[] stored = Checkpoints.toBytes(dict, WriteOptions.defaults().withFormat(CheckpointFormat.NUMPY));
        Path saved = directory.resolve("large.npz");
        Checkpoints.save(saved, dict, WriteOptions.defaults().withFlush(false));

        assertThat(Arrays.equals(Files.readAllBytes(saved), stored)).isTrue();
        assertThat(load(stored).contentEquals(dict)).isTrue();
        assertThat(load(deflated(Checkpoints.toBytes(dict.filter("a"::equals), ARRAY)))
                        .get("a")
                        .contentEquals(large))
                .isTrue();
    }

    @Test
    void namesOfManyKindsComeBack() throws IOException {
        StateDict dict = StateDict.builder()
                .put("a.npy", Tensor.scalar(1))
                .put("ä/ \ud83d\ude00:0", Tensor.scalar(2))
                .put("", Tensor.scalar(3))
                .build();

        assertThat(load(Checkpoints.toBytes(dict, WriteOptions.defaults().withFormat(CheckpointFormat.NUMPY)))
                        .contentEquals(dict))
                .isTrue();
        assertThat(List.copyOf(dict.keySet())).hasSize(3);
    }
}
