package dev.statedict.io.numpy;

import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import dev.statedict.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is beside the arrays, as the comment of their archive: NumPy does not look at it, where it would take a further record
 * for one more array. An object of texts, as the metadata of safetensors.
 */
final class ArchiveComment {
    private ArchiveComment() {}

    /** The texts of a comment; none where it is another's. */
    static Map<String, String> read(byte[] comment) {
        Map<String, String> texts = new LinkedHashMap<>();
        try {
            JsonReader json = new JsonReader(comment);
            json.beginObject();
            while (json.hasNext()) {
                texts.put(json.nextName(), json.nextString());
            }
            json.endObject();
            json.endDocument();
            return texts;
        } catch (JsonException another) {
            return Map.of();
        }
    }

    static byte[] of(Map<String, String> texts) {
        if (texts.isEmpty()) {
            return new byte[0];
        }
        JsonWriter json = JsonWriter.compact().beginObject();
        texts.forEach((name, text) -> json.name(name).value(text));
        return json.endObject().toString().getBytes(StandardCharsets.UTF_8);
    }
}
