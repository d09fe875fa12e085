package dev.statedict.io;

import static dev.statedict.io.Archive.latin1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PytorchRefusalTest {
    /** Opens a dict and its items. */
    private static final String BEGIN = "\u0080\u0002}(";

    private static final String END = "u.";
    private static final String STORAGE = "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpuK\4tQ";

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{index}")
    @MethodSource
    void picklesThatBreakARule(String pickle, String problem) throws IOException {
        assertRefused(Archive.of(pickle), problem);
    }

    static Stream<Arguments> picklesThatBreakARule() {
        String onlyNames = " is not among those that a checkpoint of tensors and plain values needs; nothing is ever"
                + " executed";
        return Stream.of(
                // names
                pickle("\u0080\2cos\nsystem\nX\2\0\0\0ls\u0085R.", foreign("os.system")),
                pickle("\u0080\2cbuiltins\neval\n.", foreign("builtins.eval")),
                pickle("\u0080\2cdecimal\nDecimal\n.", foreign("decimal.Decimal")),
                pickle(
                        "\u0080\2ctorch._utils\n_rebuild_sparse_tensor\n.",
                        "it holds no dict but a sparse tensor; save tensor.to_dense() instead"),
                pickle(
                        "\u0080\2ctorch\nComplexFloatStorage\n.",
                        "it holds no dict but a name of PyTorch (torch.ComplexFloatStorage); save its text instead"),
                pickle("\u0080\2cc\n\1\n.", "GLOBAL: no name of Python: \"\""),
                pickle(
                        "\u0080\2c" + "x".repeat(300) + "\n\n.",
                        "GLOBAL: no name of Python: \"" + "x".repeat(200) + "\""),
                pickle("\u0080\2ctorch\nfloat32\n)R.", "REDUCE: a call of torch.float32" + onlyNames),
                pickle("\u0080\2K\1)R.", "REDUCE: a call of 1" + onlyNames),
                pickle("\u0080\2N)R.", "REDUCE: a call needs a name and a tuple of arguments"),
                pickle(
                        "\u0080\2ccollections\nOrderedDict\n]R.",
                        "REDUCE: a call needs a name and a tuple of arguments"),
                pickle("\u0080\2K\1Q.", "BINPERSID: this persistent id" + onlyNames),
                pickle("\u0080\2(X\6\0\0\0moduletQ.", "BINPERSID: this persistent id" + onlyNames),
                // lengths
                pickle("\u0080\2X\377\377\377\377ab.", "pickle, offset 62: expected 4,294,967,295 bytes, 3 are left"),
                pickle("\u0080\2X\4\0\0\0ab.", "expected 4 bytes, 3 are left"),
                pickle("\u0080\2X\1\0\0\0\377.", "BINUNICODE: the string is not UTF-8"),
                pickle("\u0080\2J\0\0", "it ends within an instruction"),
                pickle("\u0080\2}", "it ends within an instruction"),
                pickle("", "it ends within an instruction"),
                // protocols
                pickle("}.", "EMPTY_DICT: a pickle begins with PROTO"),
                pickle("\u0080\6}.", "PROTO: protocol 6 is none that torch.save writes, which are 2 to 5"),
                pickle("\u0080\2\u0095.", "the instruction 0x95 is none that a state dict needs"),
                pickle("\u0080\2\u0080\2}.", "PROTO: it belongs elsewhere"),
                pickle("\u0080\2}.}", "the pickle ends at offset 59, its record at offset 60"),
                // the stack and the memo
                pickle("\u0080\2.", "STOP: there is no value for it"),
                pickle("\u0080\2}}.", "STOP: values are left over"),
                pickle("\u0080\2}(.", "STOP: there is no value for it"),
                pickle("\u0080\2}(}.", "STOP: values are left over"),
                pickle("\u0080\2s.", "SETITEM: there are no 2 values for it"),
                pickle("\u0080\2}u.", "SETITEMS: there is no MARK before it"),
                pickle("\u0080\2}(K\1(s.", "SETITEM: there are no 2 values for it"),
                pickle("\u0080\2h\7.", "BINGET: nothing is memorized as 7"),
                pickle("\u0080\2j\377\377\377\377.", "LONG_BINGET: nothing is memorized as 4294967295"),
                pickle("\u0080\2q\0.", "BINPUT: there is no value for it"),
                // targets
                pickle("\u0080\2]K\1K\2s.", "SETITEM: its target is no dict"),
                pickle("\u0080\2K\1(K\1K\2u.", "SETITEMS: its target is no dict"),
                pickle("\u0080\2}K\1a.", "APPEND: its target is no list"),
                pickle("\u0080\2)(K\1e.", "APPENDS: its target is no list"),
                pickle("\u0080\2]}b.", "BUILD: only a dict has attributes, and they are a dict"),
                pickle("\u0080\2}Nb.", "BUILD: only a dict has attributes, and they are a dict"),
                pickle("\u0080\2}(K\1u.", "SETITEMS: a key lacks its value"),
                pickle("\u0080\2}(X\1\0\0\0aNX\1\0\0\0aNu.", "SETITEMS: the dict has the key \"a\" twice"),
                // what a checkpoint is
                pickle("\u0080\2K\1.", "it holds no dict but a plain value"),
                pickle(
                        BEGIN + "X\1\0\0\0actorch\nFloatStorage\n" + END,
                        "\"a\": a name of PyTorch (torch.FloatStorage); save its text instead"),
                pickle(
                        BEGIN + "X\1\0\0\0a" + STORAGE + END,
                        "\"a\": a storage without a tensor; save a tensor on it instead"),
                pickle(BEGIN + "X\3\0\0\0a.bK\1X\1\0\0\0a}X\1\0\0\0bK\2s" + END, "the path \"a.b\" is there twice"),
                pickle(BEGIN + "X\1\0\0\0aK\1K\1K\1X\1\0\0\0" + "1K\2" + END, "the path \"1\" is there twice"),
                pickle("\u0080\2}q\0X\1\0\0\0ah\0s.", "it is nested deeper than 64 levels, or in a circle"),
                pickle("\u0080\2}X\1\0\0\0a]q\0h\0as.", "it is nested deeper than 64 levels, or in a circle"));
    }

    private static String foreign(String name) {
        return "it holds no dict but an object of Python (" + name
                + "), nothing of which is executed; save numbers, texts," + " lists or dicts in its place";
    }

    private static Arguments pickle(String pickle, String problem) {
        return Arguments.of(pickle, problem);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource
    void tensorsThatBreakARule(String function, String arguments, String problem) throws IOException {
        String pickle = BEGIN + "X\1\0\0\0tctorch._utils\n" + function + "\n(" + STORAGE + arguments + "tR" + END;
        assertRefused(withStorage(pickle, 16), problem);
    }

    static Stream<Arguments> tensorsThatBreakARule() {
        String v2 = "_rebuild_tensor_v2";
        String rest = "\u0089}";
        return Stream.of(
                Arguments.of(
                        v2,
                        "K\0K\5\u0085K\1\u0085" + rest,
                        "\"t\": offset 0, shape [5] and strides [1] reach outside" + " of a storage of 4 elements"),
                Arguments.of(
                        v2, "K\3K\2\u0085K\1\u0085" + rest, "\"t\": offset 3, shape [2] and strides [1] reach outside"),
                Arguments.of(v2, "K\4)" + ")" + rest, "\"t\": offset 4, shape [] and strides [] reach outside"),
                Arguments.of(
                        v2, "K\0K\2\u0085K\4\u0085" + rest, "\"t\": offset 0, shape [2] and strides [4] reach outside"),
                Arguments.of(
                        v2, "K\5K\0\u0085K\1\u0085" + rest, "\"t\": offset 5, shape [0] and strides [1] reach outside"),
                Arguments.of(v2, "J\377\377\377\377K\1\u0085K\1\u0085" + rest, "offset -1, shape [1] and strides [1]"),
                Arguments.of(
                        v2, "K\0J\377\377\377\377\u0085K\1\u0085" + rest, "\"t\": shape [-1] holds a negative size"),
                Arguments.of(
                        v2,
                        "K\0K\2\u0085J\377\377\377\377\u0085" + rest,
                        "\"t\": stride -1 of dimension 0 is negative"),
                Arguments.of(
                        v2, "K\0K\2\u0085K\1K\1\u0086" + rest, "\"t\": shape [2] and strides [1, 1] differ in length"),
                Arguments.of(
                        v2,
                        "K\0" + "\u008a\10\0\0\0\0\1\0\0\0" + "\u0085K\0\u0085" + rest,
                        "\"t\": shape [4294967296] asks for more than 2,147,483,639 elements, the most that an array of"
                                + " Java holds"),
                Arguments.of(
                        v2,
                        "K\0J\0\0\1\0J\0\0\1\0\u0086K\0K\0\u0086" + rest,
                        "\"t\": shape [65536, 65536] asks for more than 2,147,483,639 elements"),
                Arguments.of(
                        v2,
                        "K\0K\2\u0085\u008a\10\377\377\377\377\377\377\377\177\u0085" + rest,
                        "shape [2] and strides [9223372036854775807] reach outside"),
                // a file of some bytes must not become gigabytes
                Arguments.of(
                        v2,
                        "K\0J\0\0\0\177\u0085K\0\u0085" + rest,
                        "\"t\": 2,130,706,432 elements are made of 4 in its storage; at most 16,777,216 may be; save"
                                + " tensor.clone() instead of an expanded view"),
                Arguments.of(v2, "K\0", "argument 3 of torch._utils._rebuild_tensor_v2 is not what it should be"),
                Arguments.of(
                        v2,
                        "NK\1\u0085K\1\u0085" + rest,
                        "argument 2 of torch._utils._rebuild_tensor_v2 is not what it" + " should be"),
                Arguments.of(
                        v2,
                        "K\0X\1\0\0\0x\u0085K\1\u0085" + rest,
                        "argument 3 of torch._utils._rebuild_tensor_v2 is no" + " tuple of integers"),
                Arguments.of(
                        v2,
                        "K\0K\1\u0085K\1\u0085" + rest + "}X\3\0\0\0neg\u0088s",
                        "a tensor with pending operations; save tensor.resolve_neg() or tensor.resolve_conj()"),
                Arguments.of("_rebuild_tensor_v3", "K\0K\1\u0085K\1\u0085" + rest, "REDUCE: its storage has a type"),
                Arguments.of(
                        "_rebuild_parameter",
                        "",
                        "argument 1 of torch._utils._rebuild_parameter is not what it should" + " be"));
    }

    private static final String TENSOR =
            BEGIN + "X\1\0\0\0tctorch._utils\n_rebuild_tensor_v2\n(" + STORAGE + "K\0K\4\u0085K\1\u0085\u0089}tR" + END;

    private static byte[] withStorage(String pickle, int bytes) {
        return new Archive()
                .stored("archive/data.pkl", latin1(pickle))
                .stored("archive/data/0", new byte[bytes])
                .bytes();
    }

    @Test
    void aSoundOneIsRead() throws IOException {
        Path file = Files.write(directory.resolve("model.pt"), withStorage(TENSOR, 16));

        assertThat(Checkpoints.load(file).get("t").toArray()).containsExactly(0, 0, 0, 0);
    }

    @Test
    void storagesThatDoNotMatch() throws IOException {
        assertRefused(Archive.of(TENSOR), "the storage \"0\" is missing");
        assertRefused(
                withStorage(TENSOR, 12),
                "the storage \"0\" has 4 elements of 4 bytes, its record at offset 217 has 12");
        assertRefused(withStorage(TENSOR, 18), "its record at offset 217 has 18 bytes");
        assertRefused(
                Archive.of(TENSOR.replace("X\1\0\0\0" + "0", "X\7\0\0\0../../x")),
                "the storage \"../../x\" is missing");
        String twice = TENSOR.replace(
                END,
                "X\1\0\0\0uctorch._utils\n_rebuild_tensor_v2\n(" + STORAGE.replace("Float", "Int")
                        + "K\0K\4\u0085K\1\u0085\u0089}tR" + END);
        assertRefused(withStorage(twice, 16), "BINPERSID: the storage \"0\" is said to be two different things");
    }

    @Test
    void archivesThatAreNotPytorchs() throws IOException {
        byte[] empty = latin1("\u0080\2}.");
        assertRefused(
                new Archive()
                        .stored("a/data.pkl", empty)
                        .stored("b/data.pkl", empty)
                        .bytes(),
                "expected one record data.pkl in a ZIP archive of PyTorch, found \"a/data.pkl\", \"b/data.pkl\"");
        assertRefused(
                new Archive().stored("weights", empty).bytes(),
                "expected one record data.pkl in a ZIP archive of PyTorch, found none");
        assertRefused(
                new Archive()
                        .stored("a/data.pkl", empty)
                        .stored("a/constants.pkl", empty)
                        .bytes(),
                "a TorchScript archive, which is a program; save model.state_dict() instead");
        assertRefused(
                new Archive()
                        .stored("a/data.pkl", empty)
                        .stored("a/byteorder", latin1("pdp"))
                        .bytes(),
                "the record byteorder says \"pdp\", expected \"little\" or \"big\"");
        assertRefused(
                new Archive().deflated("a/data.pkl", empty).bytes(),
                "the record \"a/data.pkl\" is compressed or encrypted; torch.save stores records as they are");
    }

    @Test
    void archivesThatAreBroken() throws IOException {
        byte[] sound = withStorage(TENSOR, 16);
        assertRefused(Arrays.copyOf(sound, 10), "expected a ZIP archive's end of 22 bytes, the file has 10");
        assertRefused(
                Arrays.copyOf(sound, sound.length - 1),
                "expected the end of a ZIP archive at offset " + (sound.length - 23)
                        + "; the file is cut short, or has bytes behind it");
        assertRefused(
                Arrays.copyOf(sound, sound.length + 1),
                "expected the end of a ZIP archive at offset " + (sound.length - 21));

        int end = sound.length - 22;
        assertRefused(changed(changed(sound, end + 10, 4), end + 8, 4), "expected 4 records, the ZIP directory has 3");
        assertRefused(changed(sound, end + 12, 0), "expected a ZIP directory of");
        int directoryStart =
                ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
        assertRefused(changed(sound, directoryStart, 0), "expected a record of the ZIP directory at offset");
        assertRefused(changed(sound, directoryStart + 8, 1), "is compressed or encrypted");
        assertRefused(changed(sound, directoryStart + 28, 0xff), "the ZIP directory ends within the record at offset");
        assertRefused(changed(sound, directoryStart + 46, 0xff), "of the ZIP directory is not UTF-8");
        assertRefused(
                changed(sound, directoryStart + 42, 1),
                "expected the record \"archive/data.pkl\" at offset 1, as the ZIP directory says");
        assertRefused(
                changed(changed(sound, directoryStart + 20, 0xff), directoryStart + 24, 0xff),
                "the record \"archive/data.pkl\" ends at offset");
        assertRefused(changed(sound, directoryStart + 16, sound[directoryStart + 16] + 1), "has CRC-32");
    }

    @Test
    void aRecordThatIsThereTwice() throws IOException {
        byte[] file = new Archive()
                .stored("archive/data.pkl", latin1("\u0080\2}."))
                .stored("archive/data.pkX", latin1("\u0080\2}."))
                .bytes();
        for (int i = 0; i < file.length; i++) {
            file[i] = file[i] == 'X' ? (byte) 'l' : file[i];
        }

        assertRefused(file, "the record \"archive/data.pkl\" is there twice");
    }

    @Test
    void aFlippedBitInAStorage() throws IOException {
        Path file = directory.resolve("model.pt");
        Checkpoints.save(file, StateDict.builder().put("t", Tensor.zeros(1000)).build());
        byte[] content = Files.readAllBytes(file);
        ByteBuffer storage = ByteBuffer.wrap(content);
        int at = 1000;
        assertThat(storage.get(at)).isZero();

        assertRefused(changed(content, at, 64), "the 4,000 bytes at offset");
    }

    @Test
    void truncatedFiles() throws IOException {
        for (String fixture : new String[] {"tensors-1.13.pt", "legacy-1.13.pt", "checkpoint-2.13.pt"}) {
            byte[] whole = Files.readAllBytes(Fixtures.copy(fixture, directory));
            for (int length = 0; length < whole.length; length += 7) {
                Path file = Files.write(directory.resolve("cut.pt"), Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> Checkpoints.load(file))
                        .as("the first %d bytes of %s", length, fixture)
                        .isInstanceOf(CheckpointFormatException.class);
            }
        }
    }

    @Test
    void legacyFilesThatBreakARule() throws IOException {
        byte[] sound = Files.readAllBytes(Fixtures.copy("legacy-1.13.pt", directory));
        assertRefused(Arrays.copyOf(sound, sound.length + 1), "the storages end at offset");
        assertRefused(Arrays.copyOf(sound, sound.length - 1), "the file has " + String.format("%,d", sound.length - 1));
        assertRefused(changed(sound, 18, 0), "expected 1001 as the version of the format");
    }

    @Test
    void tupleInTupleTwoHundredThousandTimesIsRefusedWithoutHarm() throws IOException {
        String deep = BEGIN + "X\1\0\0\0a)" + "\u0085".repeat(200_000) + END;
        assertRefused(Archive.of(deep), "it is nested deeper than 64 levels, or in a circle");
    }

    @Test
    void whatDoublesSixtyTimesIsRefusedInBoundedTime() {
        String list = "]q\0";
        String dict = "}q\0";
        for (char level = 1; level <= 60; level++) {
            // each has the one before, and the same again
            String again = "h" + (char) (level - 1);
            list = "]q" + level + "(" + list + again + "e";
            dict = "}q" + level + "(X\1\0\0\0a" + dict + "X\1\0\0\0b" + again + "u";
        }
        byte[] lists = Archive.of(BEGIN + "X\1\0\0\0x" + list + END);
        byte[] dicts = Archive.of(BEGIN + "X\1\0\0\0x" + dict + END);

        String unfolded = "its dicts and lists lie in one another so often that they unfold to more than ";
        Assertions.assertTimeout(Duration.ofSeconds(60), () -> {
            assertRefused(lists, unfolded + "104,350 items, the most for a pickle of 435 bytes");
            assertRefused(dicts, unfolded + "111,550 items, the most for a pickle of 1,155 bytes");
        });
    }

    @Test
    void aMillionEmptyDictsCostNoMoreThanTheirBytesSuggest() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(latin1("\u0080\2"));
        pickle.writeBytes("}".repeat(1_000_000).getBytes());
        pickle.write('.');

        assertRefused(new Archive().stored("a/data.pkl", pickle.toByteArray()).bytes(), "STOP: values are left over");
    }

    @Test
    void aPickleOfTooManyInstructions() throws IOException {
        String many = "\u0080\2" + "N".repeat(10_000_001);
        assertRefused(Archive.of(many), "the pickle has more than 10,000,000 instructions");
    }

    private static byte[] changed(byte[] content, int index, int value) {
        byte[] changed = content.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private void assertRefused(byte[] content, String problem) throws IOException {
        Path file = Files.write(directory.resolve("refused.pt"), content);
        assertThatThrownBy(() -> Checkpoints.load(file).size())
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(problem);
    }
}
