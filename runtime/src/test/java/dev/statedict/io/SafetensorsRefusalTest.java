package dev.statedict.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that the reference reader refuses, and what it lets through against its own documentation. */
class SafetensorsRefusalTest {
    private static final String X = "\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{index}")
    @MethodSource
    void headersThatBreakARule(String header, int dataBytes, String problem) throws IOException {
        assertRefused(Fixtures.safetensors(header, new int[dataBytes]), problem);
    }

    static Stream<Arguments> headersThatBreakARule() {
        return Stream.of(
                // no JSON
                header("", 0, "header, offset 8: expected a value, found the end"),
                header("{", 0, "header, offset 9: expected a name in quotes, found the end"),
                header("{} x", 0, "header, offset 11: expected the end of the document, found 'x'"),
                header("{}{}", 0, "header, offset 10: expected the end of the document, found '{'"),
                header("{}\0\0", 0, "header, offset 10: expected the end of the document, found the byte 0x00"),
                header("\ufeff{}", 0, "header, offset 8: expected a value, found the byte 0xef"),
                header("{}/**/", 0, "header, offset 10: expected the end of the document, found '/'"),
                header("{'x':1}", 0, "header, offset 9: expected a name in quotes, found '''"),
                header("{" + X + ",}", 4, "header, offset 62: expected a name in quotes, found '}'"),
                header(
                        "{\"a\n\":1}",
                        0,
                        "header, offset 11: expected no control character in a string, found the byte" + " 0x0a"),
                header("{\"\\ud800\":1}", 0, "header, offset 10: half of a surrogate pair"),
                header(entry("x", "F32", "[02]", "[0,8]"), 8, "header, offset 38: expected ',' or ']', found '2'"),
                header(entry("x", "F32", "[NaN]", "[0,8]"), 8, "header, offset 37: expected a value, found 'N'"),
                header("[".repeat(128), 0, "header, offset 8: expected an object, found an array"),
                header("{\"x\":".repeat(128), 0, "header, offset 14: \"x\" has an unknown member \"x\""),
                // another document than a header
                header("[]", 0, "header, offset 8: expected an object, found an array"),
                header("null", 0, "header, offset 8: expected an object, found null"),
                header("{\"__metadata__\":{\"a\":1}}", 0, "header, offset 29: expected a string, found a number"),
                header("{\"__metadata__\":{\"a\":null}}", 0, "header, offset 29: expected a string, found null"),
                header("{\"__metadata__\":{\"a\":{}}}", 0, "header, offset 29: expected a string, found an object"),
                header("{\"__metadata__\":[]}", 0, "header, offset 24: expected an object, found an array"),
                header("{\"__metadata__\":\"a\"}", 0, "header, offset 24: expected an object, found a string"),
                header("{\"__metadata__\":null}", 0, "header, offset 24: expected an object, found null"),
                header("{\"x\":null}", 0, "header, offset 13: expected an object, found null"),
                header("{\"x\":[\"F32\",[],[0,4]]}", 4, "header, offset 13: expected an object, found an array"),
                // duplicates
                header(
                        "{\"__metadata__\":{},\"__metadata__\":{}}",
                        0,
                        "header, offset 27: the name \"__metadata__\" is" + " there twice"),
                header(
                        "{\"__metadata__\":{\"a\":\"1\",\"a\":\"1\"}}",
                        0,
                        "header, offset 33: the name \"a\" is there" + " twice"),
                header("{" + X + "," + X + "}", 4, "header, offset 62: the name \"x\" is there twice"),
                header(
                        "{" + X + "," + X.replace("x", "\\u0078") + "}",
                        4,
                        "header, offset 62: the name \"x\" is there" + " twice"),
                header(
                        "{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}",
                        4,
                        "header," + " offset 28: the name \"dtype\" is there twice"),
                // members
                header(
                        "{\"x\":{\"shape\":[1],\"data_offsets\":[0,4]}}",
                        4,
                        "header, offset 13: \"x\" lacks the member" + " \"dtype\""),
                header(
                        "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}",
                        4,
                        "header, offset 13: \"x\" lacks the member" + " \"shape\""),
                header(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1]}}",
                        4,
                        "header, offset 13: \"x\" lacks the member" + " \"data_offsets\""),
                header(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4],\"strides\":[]}}",
                        4,
                        "header, offset" + " 60: \"x\" has an unknown member \"strides\""),
                // dtype
                header(
                        entry("x", "f32", "[1]", "[0,4]"),
                        4,
                        "\"x\": dtype \"f32\" is not supported; supported are [F64,"
                                + " F32, F16, BF16, F8_E4M3, F8_E5M2, F8_E4M3FNUZ, F8_E5M2FNUZ, I64, I32, I16, I8, U64, U32, U16, U8, BOOL]"),
                header(
                        entry("x", "F4", "[3]", "[0,1]"),
                        1,
                        "\"x\": shape [3] of F4 takes 12 bits, which are no whole bytes"),
                header(
                        entry("x", "C64", "[2]", "[0,8]"),
                        8,
                        "\"x\": shape [2] of C64 takes 16 bytes, data_offsets [0, 8] are 8 apart"),
                header(
                        "{\"x\":{\"dtype\":17,\"shape\":[1],\"data_offsets\":[0,4]}}",
                        4,
                        "header, offset 22: expected a" + " string, found a number"),
                header(
                        "{\"x\":{\"dtype\":{\"F32\":null},\"shape\":[1],\"data_offsets\":[0,4]}}",
                        4,
                        "header, offset 22:" + " expected a string, found an object"),
                // shape
                header(
                        entry("x", "F32", "[2.0]", "[0,8]"),
                        8,
                        "header, offset 37: expected an integer from 0 to 2^63 -" + " 1, found 2.0"),
                header(entry("x", "F32", "[2e0]", "[0,8]"), 8, "found 2e0"),
                header(entry("x", "F32", "[-2]", "[0,8]"), 8, "found -2"),
                header(entry("x", "F32", "[-0]", "[0,0]"), 0, "found -0"),
                header(entry("x", "F32", "[18446744073709551616]", "[0,8]"), 8, "found 18446744073709551616"),
                header(
                        entry("x", "F32", "[\"2\"]", "[0,8]"),
                        8,
                        "header, offset 37: expected a number, found a string"),
                header(entry("x", "F32", "[true]", "[0,8]"), 8, "expected a number, found true or false"),
                header(entry("x", "F32", "[null]", "[0,8]"), 8, "expected a number, found null"),
                header(entry("x", "F32", "[[2]]", "[0,8]"), 8, "expected a number, found an array"),
                header(entry("x", "F32", "2", "[0,8]"), 8, "expected an array, found a number"),
                header(
                        entry("x", "F32", "[0,9223372036854775807,4]", "[0,0]"),
                        0,
                        "\"x\": shape [0,"
                                + " 9223372036854775807, 4] asks for more than 2,147,483,639 elements, the most that an array of"
                                + " Java holds"),
                header(
                        entry("x", "F32", "[4294967296,4294967296]", "[0,0]"),
                        0,
                        "\"x\": shape [4294967296, 4294967296]" + " asks for more than 2,147,483,639 elements"),
                header(
                        entry("x", "F32", "[1" + ",1".repeat(64) + "]", "[0,4]"),
                        4,
                        "\"x\": 65 dimensions, at most 64 are" + " allowed"),
                // data_offsets
                header(
                        entry("x", "F32", "[1]", "[0]"),
                        4,
                        "header, offset 13: \"x\" has 1 data_offsets, expected begin" + " and end"),
                header(
                        entry("x", "F32", "[1]", "[0,4,8]"),
                        4,
                        "header, offset 13: \"x\" has 3 data_offsets, expected" + " begin and end"),
                header(entry("x", "F32", "[1]", "[-4,0]"), 4, "found -4"),
                header(
                        entry("x", "F32", "[1]", "[4,8]"),
                        8,
                        "\"x\": begins at 4 of the data, expected 0, at the"
                                + " beginning of the data; each byte has one owner"),
                header(
                        two("[0,4]", "[8,12]"),
                        12,
                        "\"b\": begins at 8 of the data, expected 4, where \"a\" ends; each" + " byte has one owner"),
                header(two("[0,4]", "[0,4]"), 4, "\"b\": begins at 0 of the data, expected 4, where \"a\" ends"),
                header(two("[0,4]", "[2,6]"), 6, "\"b\": begins at 2 of the data, expected 4, where \"a\" ends"),
                header(entry("x", "F32", "[1]", "[4,0]"), 4, "\"x\": begins at 4 of the data, expected 0"),
                header(
                        "{" + X + ",\"e\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[2,2]}}",
                        4,
                        "\"e\": begins at 2" + " of the data, expected 4, where \"x\" ends"),
                header(
                        entry("x", "F32", "[2,3]", "[0,20]"),
                        20,
                        "\"x\": shape [2, 3] of F32 takes 24 bytes, data_offsets" + " [0, 20] are 20 apart"),
                header(
                        entry("x", "F32", "[0]", "[0,4]"),
                        4,
                        "\"x\": shape [0] of F32 takes 0 bytes, data_offsets [0, 4]" + " are 4 apart"),
                // coverage
                header(
                        entry("x", "F32", "[262144]", "[0,1048576]"),
                        512,
                        "expected 1,048,576 bytes of data at offset" + " 73, the file has 512"),
                header("{" + X + "}", 5, "expected 4 bytes of data at offset 62, the file has 5"),
                header("{}", 4, "expected 0 bytes of data at offset 10, the file has 4"));
    }

    private static Arguments header(String header, int dataBytes, String problem) {
        return Arguments.of(header, dataBytes, problem);
    }

    private static String entry(String name, String dtype, String shape, String offsets) {
        return "{\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets
                + "}}";
    }

    private static String two(String a, String b) {
        String rest = ":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":";
        return "{\"a\"" + rest + a + "},\"b\"" + rest + b + "}}";
    }

    @Test
    void aFileWithoutALength() throws IOException {
        assertRefused(new byte[0], "expected 8 bytes of header length, the file has 0");
        assertRefused(new byte[7], "expected 8 bytes of header length, the file has 7");
    }

    @Test
    void aHeaderLengthBeyondTheLimit() throws IOException {
        for (long length : new long[] {100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            assertRefused(
                    lengthOnly(length),
                    "expected a header of at most 100,000,000 bytes, the first 8 bytes say "
                            + Long.toUnsignedString(length));
        }
    }

    @Test
    void aHeaderBeyondTheEnd() throws IOException {
        assertRefused(lengthOnly(1), "expected a header of 1 bytes at offset 8, the file has 8");
        assertRefused(lengthOnly(100_000_000), "expected a header of 100,000,000 bytes at offset 8, the file has 8");
    }

    @Test
    void aHeaderThatIsNotUtf8() throws IOException {
        byte[] invalid = Fixtures.safetensors("{\"ab\":1}");
        invalid[10] = (byte) 0xff;
        assertRefused(invalid, "header, offset 10: not UTF-8");
        invalid[10] = (byte) 0xc0;
        invalid[11] = (byte) 0xaf;
        assertRefused(invalid, "header, offset 10: not UTF-8");
    }

    @Test
    void everyTruncationOfAFile() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.copy("types.safetensors", directory));
        for (int length = 0; length < whole.length; length++) {
            Path file = Files.write(directory.resolve("cut.safetensors"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Checkpoints.load(file))
                    .as("the first %d bytes", length)
                    .isInstanceOf(CheckpointFormatException.class);
        }
    }

    @Test
    void manyTensorsOnOneRangeCostTimeAndMemoryInProportionToTheFile() throws IOException {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            header.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(i)
                    .append("\":{\"dtype\":\"U8\",\"shape\":[16],\"data_offsets\":[0,16]}");
        }
        byte[] file = Fixtures.safetensors(header.append('}').toString(), new int[16]);

        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> assertRefused(file, "\"1\": begins at 0 of the data, expected 16, where \"0\" ends"));
    }

    @Test
    void aNameOfMegabytesIsCutInTheMessage() throws IOException {
        String name = "n".repeat(5_000_000);
        assertRefused(
                Fixtures.safetensors(entry(name, "F33", "[1]", "[0,4]"), new int[4]),
                "\"" + "n".repeat(200) + "...\": dtype \"F33\" is not supported");
    }

    @Test
    void aSparseFileOfGigabytesIsCheckedBeforeAnythingIsAllocated() throws IOException {
        Path file = directory.resolve("sparse.safetensors");
        long size = 2_147_483_639L * 8;
        byte[] start = Fixtures.safetensors(entry("x", "F64", "[2147483639]", "[0," + (size - 8) + "]"));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(start));
            channel.write(ByteBuffer.wrap(new byte[1]), start.length + size - 9);
        }

        assertThatThrownBy(() -> Checkpoints.load(file))
                .hasMessageEndingWith("\"x\": shape [2147483639] of F64 takes 17,179,869,112 bytes, data_offsets [0,"
                        + " 17179869104] are 17,179,869,104 apart");
    }

    @Test
    void metadataOfStatedictThatItDidNotWrite() throws IOException {
        assertRefused(
                Fixtures.safetensors("{\"__metadata__\":{\"statedict\":\"{\\\"a\\\":1}\"}}"),
                "metadata \"statedict\", byte 1: unknown member \"a\", perhaps of a later version of statedict");
        assertRefused(
                Fixtures.safetensors("{\"__metadata__\":{\"statedict\":\"?\"}}"),
                "metadata \"statedict\", byte 0: expected a value, found '?'");
    }

    private static byte[] lengthOnly(long length) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
    }

    private void assertRefused(byte[] content, String problem) throws IOException {
        Path file = Files.write(directory.resolve("model.safetensors"), content);
        assertThatThrownBy(() -> Checkpoints.load(file).size())
                .as(new String(content, 0, Math.min(content.length, 200), UTF_8))
                .isInstanceOfSatisfying(CheckpointFormatException.class, refused -> {
                    assertThat(refused.file()).isEqualTo(file);
                    assertThat(refused.getMessage()).startsWith(file + ": ");
                })
                .hasMessageContaining(problem);
    }
}
