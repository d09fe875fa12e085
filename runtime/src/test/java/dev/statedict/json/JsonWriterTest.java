package dev.statedict.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    @Test
    void aCompactDocumentHasNoByteToSpare() {
        assertThat(write(JsonWriter.compact()))
                .isEqualTo("{\"a\":[1,true,null,\"x\"],\"b\":{},\"c\":[],\"d\":{\"e\":[[-2]]}}");
    }

    @Test
    void anIndentedDocumentHasOneElementOnEachLine() {
        assertThat(write(JsonWriter.indented())).isEqualTo("""
                        {
                          "a": [
                            1,
                            true,
                            null,
                            "x"
                          ],
                          "b": {},
                          "c": [],
                          "d": {
                            "e": [
                              [
                                -2
                              ]
                            ]
                          }
                        }""");
    }

    @Test
    void escapesAreThoseOfSerdeJson() {
        String value = "\b\f\n\r\t\"\\/\u0000\u001f\u007f\u00e4\ud83d\ude00";

        assertThat(JsonWriter.compact().value(value))
                .hasToString("\"\\b\\f\\n\\r\\t\\\"\\\\/\\u0000\\u001f\u007f\u00e4\ud83d\ude00\"");
    }

    @Test
    void halfASurrogatePairIsRefused() {
        for (String text : new String[] {"a\ud800", "\ude00", "\ud83d\ud83d\ude00"}) {
            assertThatThrownBy(() -> JsonWriter.compact().value(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("is half of a surrogate pair, which no file can hold");
        }
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                int codePoint = random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x110000);
                text.appendCodePoint(Character.getType(codePoint) == Character.SURROGATE ? '?' : codePoint);
            }
            long number = random.nextLong() >>> 1;
            JsonWriter writer = random.nextBoolean() ? JsonWriter.compact() : JsonWriter.indented();
            writer.beginObject().name(text.toString()).value(number).endObject();

            JsonReader reader = new JsonReader(writer.toString().getBytes(StandardCharsets.UTF_8));
            reader.beginObject();
            assertThat(reader.hasNext()).isTrue();
            assertThat(reader.nextName()).as("seed %d", seed).isEqualTo(text.toString());
            assertThat(reader.nextLong()).as("seed %d", seed).isEqualTo(number);
            assertThat(reader.hasNext()).isFalse();
            reader.endObject();
            reader.endDocument();
        }
    }

    private static String write(JsonWriter writer) {
        writer.beginObject();
        writer.name("a")
                .beginArray()
                .value(1)
                .value(true)
                .value(null)
                .value("x")
                .endArray();
        writer.name("b").beginObject().endObject();
        writer.name("c").beginArray().endArray();
        writer.name("d").beginObject().name("e").beginArray();
        writer.beginArray().value(-2).endArray();
        writer.endArray().endObject();
        return writer.endObject().toString();
    }
}
