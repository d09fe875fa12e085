package dev.statedict.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void aDocumentIsReadTokenByToken() throws IOException {
        String document = " {\"a\": [1, -2.5e+1, true, null],\r\n\t\"b\" :{ } , \"c\":\"x\", \"d\": []} \n";

        assertThat(read(document))
                .isEqualTo(
                        mapOf("a", Arrays.asList("1", "-2.5e+1", true, null), "b", Map.of(), "c", "x", "d", List.of()));
    }

    @Test
    void membersKeepTheirOrder() throws IOException {
        assertThat((Map<?, ?>) read("{\"b\":1,\"a\":2}"))
                .extracting(Map::keySet)
                .hasToString("[b, a]");
    }

    @Test
    void escapesAndUtf8AreDecoded() throws IOException {
        assertThat(read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\ud83d\\ude00 \u00e4 \ud83d\ude00\u007f\""))
                .isEqualTo("\"\\/\b\f\n\r\t\u00e4\ud83d\ude00 \u00e4 \ud83d\ude00\u007f");
    }

    @Test
    void theLargestLongIsAnInteger() throws IOException {
        assertThat(new JsonReader(utf8("9223372036854775807")).nextLong()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-1", "-0", "2.0", "2e0", "18446744073709551616"})
    void nothingElseIsAnInteger(String number) {
        assertThatThrownBy(() -> new JsonReader(utf8(number)).nextLong())
                .isInstanceOf(JsonException.class)
                .hasMessage("expected an integer from 0 to 2^63 - 1, found " + number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``             | 0 | expected a value, found the end",
                "{              | 1 | expected a name in quotes, found the end",
                "[1             | 2 | expected ',' or ']', found the end",
                "{} x           | 3 | expected the end of the document, found 'x'",
                "{}{}           | 2 | expected the end of the document, found '{'",
                "{\"a\":1,}     | 7 | expected a name in quotes, found '}'",
                "[1,]           | 3 | expected a value, found ']'",
                "[,1]           | 1 | expected a value, found ','",
                "[1 2]          | 3 | expected ',' or ']', found '2'",
                "{'a':1}        | 1 | expected a name in quotes, found '''",
                "{a:1}          | 1 | expected a name in quotes, found 'a'",
                "{\"a\" 1}      | 5 | expected ':', found '1'",
                "{\"a\":1]      | 6 | expected ',' or '}', found ']'",
                "[1} | 2 | expected ',' or ']', found '}'",
                "/* */ {}       | 0 | expected a value, found '/'",
                "NaN            | 0 | expected a value, found 'N'",
                "+1             | 0 | expected a value, found '+'",
                "02             | 1 | expected the end of the document, found '2'",
                "1.             | 2 | expected a digit, found the end",
                "-              | 1 | expected a digit, found the end",
                "1e             | 2 | expected a digit, found the end",
                ".5             | 0 | expected a value, found '.'",
                "tru            | 3 | expected true, found the end",
                "nul!           | 3 | expected null, found '!'",
                "\"abc          | 4 | expected the end of the string, found the end",
                "\"            | 1 | expected the end of the string, found the end",
                "\"\\           | 1 | no escape of JSON",
                "\"\\x\"        | 1 | no escape of JSON",
                "\"\\u12\"      | 1 | no escape of JSON: four hexadecimal digits follow \\u",
                "\"\\ud800\"    | 1 | half of a surrogate pair",
                "\"\\udc00\"    | 1 | half of a surrogate pair",
                "\"\\ud800\\u0041\" | 1 | half of a surrogate pair",
                "{\"a\":1,\"a\":2} | 7 | the name \"a\" is there twice",
                "{\"a\":1,\"\\u0061\":2} | 7 | the name \"a\" is there twice",
            })
    void whatIsNoJsonIsRefusedAtItsPlace(String document, long offset, String problem) {
        JsonException refused = catchThrowableOfType(JsonException.class, () -> read(document));

        assertThat(refused).hasMessage(problem);
        assertThat(refused.offset()).isEqualTo(offset);
    }

    @Test
    void bytesThatNoStringShouldHoldAreRefused() {
        assertRefused(new byte[] {'"', 'a', (byte) 0xff, '"'}, 2, "not UTF-8");
        assertRefused(new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'}, 1, "not UTF-8");
        assertRefused(new byte[] {'"', '\n', '"'}, 1, "expected no control character in a string, found the byte 0x0a");
        assertRefused(utf8("\ufeff{}"), 0, "expected a value, found the byte 0xef");
        assertRefused(new byte[] {'{', '}', 0}, 2, "expected the end of the document, found the byte 0x00");
    }

    @Test
    void nestingHasALimit() throws IOException {
        assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(List.class);
        assertRefused(utf8("[".repeat(65)), 64, "nested deeper than 64 levels");
        assertThatThrownBy(() -> new JsonReader(utf8("{\"a\":".repeat(1_000_000))).skipValue())
                .hasMessage("nested deeper than 64 levels");
    }

    @Test
    void anotherKindThanAskedForIsNamed() {
        assertThatThrownBy(() -> new JsonReader(utf8(" \"1\"")).nextLong())
                .hasMessage("expected a number, found a string");
        assertThatThrownBy(() -> new JsonReader(utf8("null")).beginObject())
                .hasMessage("expected an object, found null");
    }

    @Test
    void skippingAValueReadsItInFull() throws IOException {
        JsonReader reader = new JsonReader(utf8("[{\"a\":[1,{\"b\":[]}],\"c\":{}}, 7]"));
        reader.beginArray();
        assertThat(reader.hasNext()).isTrue();
        reader.skipValue();
        assertThat(reader.hasNext()).isTrue();
        assertThat(reader.nextLong()).isEqualTo(7);
        assertThat(reader.hasNext()).isFalse();
        reader.endArray();
        reader.endDocument();

        assertThatThrownBy(() -> new JsonReader(utf8("{\"a\":{\"b\":1,\"b\":2}}")).skipValue())
                .hasMessage("the name \"b\" is there twice");
    }

    @Test
    void offsetsCountFromTheBase() {
        JsonException refused =
                catchThrowableOfType(JsonException.class, () -> new JsonReader(utf8(" !"), 8).nextString());

        assertThat(refused.offset()).isEqualTo(9);
    }

    private static void assertRefused(byte[] document, long offset, String problem) {
        JsonException refused = catchThrowableOfType(JsonException.class, () -> readDocument(new JsonReader(document)));
        assertThat(refused).hasMessage(problem);
        assertThat(refused.offset()).isEqualTo(offset);
    }

    private static Object read(String document) throws IOException {
        return readDocument(new JsonReader(utf8(document)));
    }

    private static Object readDocument(JsonReader reader) throws IOException {
        Object value = readValue(reader);
        reader.endDocument();
        return value;
    }

    private static Object readValue(JsonReader reader) throws IOException {
        switch (reader.peek()) {
            case OBJECT:
                Map<String, Object> members = new LinkedHashMap<>();
                reader.beginObject();
                while (reader.hasNext()) {
                    members.put(reader.nextName(), readValue(reader));
                }
                reader.endObject();
                return members;
            case ARRAY:
                List<Object> elements = new ArrayList<>();
                reader.beginArray();
                while (reader.hasNext()) {
                    elements.add(readValue(reader));
                }
                reader.endArray();
                return elements;
            case STRING:
                return reader.nextString();
            case NUMBER:
                return reader.nextNumber();
            case BOOLEAN:
                return reader.nextBoolean();
            default:
                reader.nextNull();
                return null;
        }
    }

    private static Map<String, Object> mapOf(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
