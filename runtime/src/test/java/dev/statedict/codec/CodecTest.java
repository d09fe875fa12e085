package dev.statedict.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The format itself, and what is refused of it. */
class CodecTest {
    private static final int DATA = 4 * Header.ALIGNMENT;

    private static byte[] written(CodedDict dict) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Encoder.of(dict).writeTo(out);
        return out.toByteArray();
    }

    private static CodedDict dict(CodedEntry... entries) {
        return new CodedDict(List.of(entries), CodedDict.Notes.NONE);
    }

    private static CodedEntry entry(String key, Object array, int length) {
        ArrayType type = array instanceof float[] ? ArrayType.F32 : ArrayType.BOOL;
        CodedTensor tensor =
                new CodedTensor(type, new Object[] {array}, false, 0, 0, new int[] {length}, new int[] {1});
        return new CodedEntry(key, tensor, "PARAMETER", null);
    }

    @Test
    void aDictIsAStartAndAHeaderAndAlignedArrays() throws IOException {
        byte[] bytes = written(dict(entry("w", new float[] {1, 2}, 2), entry("m", new boolean[] {true}, 1)));

        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        String header = new String(bytes, 16, buffer.getInt(12), StandardCharsets.UTF_8);
        int data = 16 + header.length();
        assertThat(Arrays.copyOf(bytes, 8)).containsExactly(0x97, 'S', 'T', 'D', 'I', 'C', 'T', '\n');
        assertThat(buffer.getInt(8)).isEqualTo(1);
        assertThat(header.stripTrailing())
                .isEqualTo("{\"arrays\":[{\"type\":\"F32\",\"length\":2,\"begin\":0},"
                        + "{\"type\":\"BOOL\",\"length\":1,\"begin\":64}],"
                        + "\"entries\":[{\"key\":\"w\",\"type\":\"F32\",\"array\":0,\"shape\":[2],\"strides\":[1],"
                        + "\"role\":\"PARAMETER\"},"
                        + "{\"key\":\"m\",\"type\":\"BOOL\",\"array\":1,\"shape\":[1],\"strides\":[1],"
                        + "\"role\":\"PARAMETER\"}]}");
        assertThat(data % 64).isZero();
        assertThat(buffer.getFloat(data + 4)).isEqualTo(2);
        assertThat(bytes[data + 64]).isEqualTo((byte) 1);
        assertThat(bytes).hasSize(data + 65);
    }

    /** A file of this header, and 64 times as many zeros as the data of most headers here. */
    private static byte[] file(String header) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        int length = (int) Header.aligned(16L + json.length);
        ByteBuffer bytes = ByteBuffer.allocate(length + DATA).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x97, 'S', 'T', 'D', 'I', 'C', 'T', '\n'});
        bytes.putInt(1).putInt(length - 16).put(json);
        Arrays.fill(bytes.array(), bytes.position(), length, (byte) ' ');
        return bytes.array();
    }

    private static CodedDict read(byte[] bytes) throws IOException {
        return Decoder.read(new ByteArrayInputStream(bytes));
    }

    private static String headerOf(String arrays, String entries) {
        return "{'arrays':[" + arrays + "],'entries':[" + entries + "]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'arrays':[],'entries':[],'later':1}"
                        + "| header, byte 42: unknown member \"later\", perhaps of a later version of statedict",
                "{'arrays':[{'type':'F16','length':1,'begin':0}],'entries':[]}"
                        + "| header, byte 35: \"F16\" is no type of arrays; those are [F32, F64, I32, I64, BOOL]",
                "{'arrays':[{'type':'F32','begin':0}],'entries':[]}"
                        + "| header, byte 27: the member \"length\" is missing",
                "{'arrays':[{'type':'F32','length':4294967296,'begin':0}],'entries':[]}"
                        + "| header, byte 50: expected an integer of at most 2^31 - 1, found 4294967296",
                "{'arrays':[{'type':'F32','length':1,'begin':4}],'entries':[]}"
                        + "| array 0: begins at 4 behind the header, expected 0; each byte has one owner",
                "{'arrays':[{'type':'F32','length':0,'count':2147483647,'begin':0}],'entries':[]}"
                        + "| array 0: 2,147,483,647 arrays of 0 elements; several have one element or more",
                "{'arrays':[{'type':'F32','length':2147483647,'begin':0}],'entries':[]}"
                        + "| array 0: 2,147,483,647 elements, of which there are at most 2,147,483,639",
                "{'entries':[{'key':'a','type':'F32','rows':[],'shape':[],'strides':[1]}]}"
                        + "| \"a\": has 0 sizes and 1 strides; there are as many of both, at most 64",
                "{'entries':[],'possible_ties':['a']} | there is no key \"a\" that may be a tie",
                "{'entries':[],'versions':{'':0}} | header, byte 45: 0 is no version; the first is 1",
                "{'entries':[{'key':'a','type':'F32','array':0,'rows':[],'shape':[],'strides':[]}]}"
                        + "| header, byte 28: an entry lies on one array or on rows, not on both",
            })
    void aHeaderThatBreaksARuleIsRefused(String header, String message) {
        assertThatThrownBy(() -> read(file(header)))
                .isInstanceOf(CodecException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'array':1,'shape':[4],'strides':[1] | lies on 1 arrays from number 1 on, and there are 1",
                "'array':0,'shape':[5],'strides':[1] | offset 0, shape [5] and strides [1] reach outside of 4 elements",
                "'array':0,'offset':1,'shape':[4],'strides':[1]"
                        + "| offset 1, shape [4] and strides [1] reach outside of 4 elements",
                "'array':0,'shape':[2,2],'strides':[2147483647,2147483647]"
                        + "| offset 0, shape [2, 2] and strides [2147483647, 2147483647] reach outside of 4 elements",
                "'array':0,'shape':[65536,65536],'strides':[0,0]"
                        + "| shape [65536, 65536] asks for more than 2,147,483,639 elements, the most that an array of"
                        + " Java holds",
                "'array':0,'shape':[0,65536,65536],'strides':[0,0,0]"
                        + "| shape [0, 65536, 65536] asks for more than 2,147,483,639 elements, the most that an array"
                        + " of Java holds",
                "'array':0,'shape':[16777217],'strides':[0]"
                        + "| 16,777,217 elements are made of 4; at most 16,777,216 may be; give contiguous() instead of"
                        + " an expanded view",
                "'rows':[[0,1],[0,16777216]],'shape':[1],'strides':[0]"
                        + "| lies on 16,777,216 arrays from number 0 on, and there are 1",
            })
    void anEntryThatLeadsElsewhereIsRefused(String entry, String problem) {
        String header = headerOf("{'type':'F32','length':4,'begin':0}", "{'key':'a','type':'F32'," + entry + "}");

        assertThatThrownBy(() -> read(file(header)))
                .isInstanceOf(CodecException.class)
                .hasMessage("\"a\": " + problem);
    }

    /** A few bytes must not make many rows, time and again. */
    @Test
    void rowsAreNamedOftenOnlyWhereTheyAreMany() {
        String rows = String.join(",", Collections.nCopies(17_000, "[0,1000]"));
        String header = headerOf(
                "{'type':'BOOL','length':1,'count':1000,'begin':0}",
                "{'key':'a','type':'BOOL','rows':[" + rows + "],'shape':[1],'strides':[0]}");

        assertThatThrownBy(() -> read(file(header)))
                .isInstanceOf(CodecException.class)
                .hasMessage("\"a\": with it, entries name 16,778,000 rows, of which there are 1,000;"
                        + " at most 16,777,216 may be named");
    }

    @Test
    void aKeyThatIsThereTwiceIsRefused() {
        String entry = "{'key':'a','type':'F32','rows':[],'shape':[0],'strides':[1]}";

        assertThatThrownBy(() -> read(file(headerOf("", entry + "," + entry))))
                .isInstanceOf(CodecException.class)
                .hasMessage("the key \"a\" is there twice");
    }

    @Test
    void whatIsNoneOrOfALaterVersionIsRefused() {
        byte[] other = file("{}");
        other[1]++;
        byte[] later = file("{}");
        later[8] = 2;
        byte[] odd = file("{}");
        odd[12]++;

        assertThatThrownBy(() -> read(other)).hasMessage("the first 8 bytes are not those of a state dict");
        assertThatThrownBy(() -> read(later))
                .hasMessage("version 2 of the format; this statedict reads version 1, perhaps a later one reads it");
        assertThatThrownBy(() -> read(odd))
                .hasMessage("expected a header of at most 1,000,000,000 bytes that ends at a multiple of 64, the start"
                        + " says 49");
    }

    @Test
    void bytesThatAreNoneOfAnArrayAreZero() {
        byte[] bytes = file(headerOf("{'type':'BOOL','length':1,'begin':0},{'type':'BOOL','length':1,'begin':64}", ""));
        byte[] filled = bytes.clone();
        filled[bytes.length - DATA + 5] = 1;
        byte[] neither = bytes.clone();
        neither[bytes.length - DATA + 64] = 2;

        assertThatThrownBy(() -> read(filled))
                .isInstanceOf(CodecException.class)
                .hasMessage("byte " + (bytes.length - DATA + 5) + " between two arrays is not 0");
        assertThatThrownBy(() -> read(neither))
                .isInstanceOf(CodecException.class)
                .hasMessage("element 0 of array 1 is neither 0 nor 1");
    }

    /** 16 GB, which no heap of these tests has: it would be an OutOfMemoryError. */
    @Test
    void whatIsAllocatedGrowsWithWhatArrives() {
        byte[] bytes = file(headerOf("{'type':'F64','length':2000000000,'begin':0}", ""));

        assertThat(Runtime.getRuntime().maxMemory()).isLessThan(16_000_000_000L);
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessage("ends after " + bytes.length + " bytes, where at least 65,280 more are expected");
    }

    @Test
    void longArraysGrowToWhatTheyAre() throws IOException {
        float[] array = new float[5_000_000];
        for (int i = 0; i < array.length; i++) {
            array[i] = i;
        }

        CodedDict read = read(written(dict(entry("w", array, array.length))));

        assertThat(Arrays.equals((float[]) read.entries().get(0).tensor().arrays()[0], array))
                .isTrue();
    }

    private static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void changedAndCutBytesAreReadOrRefusedAndNothingElse(long seed) throws IOException {
        byte[] sound = written(dict(
                entry("w", new float[] {1, 2, 3}, 3),
                new CodedEntry(
                        "rows",
                        new CodedTensor(
                                ArrayType.F32,
                                new Object[] {new float[2], new float[2]},
                                true,
                                2,
                                0,
                                new int[] {2, 2},
                                new int[] {2, 1}),
                        null,
                        "BF16"),
                entry("m", new boolean[] {true, false}, 2)));
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            byte[] changed = Arrays.copyOf(sound, random.nextInt(4) == 0 ? random.nextInt(sound.length) : sound.length);
            for (int flips = random.nextInt(3); flips >= 0 && changed.length > 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                CodedDict read = read(changed);
                assertThat(read(written(read)).entries()).hasSameSizeAs(read.entries());
            } catch (CodecException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }
}
