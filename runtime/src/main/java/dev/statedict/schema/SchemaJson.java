package dev.statedict.schema;

import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import dev.statedict.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a {@link ClassSchema}: the same bytes for the same schema, in an order that a person reads. What has
 * its default value is left out. A name that this version does not know is an error, for a lock must not be half read.
 *
 * <pre>{@code
 * {
 *   "module": "com.example.Linear",
 *   "version": 2,
 *   "members": [
 *     {
 *       "key": "weight",
 *       "kind": "parameter",
 *       "type": "Tensor",
 *       "shape": ["out", "in"],
 *       "formerly": ["w"]
 *     }
 *   ],
 *   "retired": ["position_*"]
 * }
 * }</pre>
 */
public final class SchemaJson {
    private SchemaJson() {}

    /**
     * Writes a schema.
     *
     * @param schema the schema
     * @return indented JSON that ends with a line feed
     */
    public static String write(ClassSchema schema) {
        JsonWriter json = JsonWriter.indented().beginObject();
        json.name("module").value(schema.module());
        json.name("version").value(schema.version());
        if (schema.migrates()) {
            json.name("migrates").value(true);
        }
        if (schema.superclass() != null) {
            json.name("superclass").value(schema.superclass());
        }
        json.name("members").beginArray();
        schema.members().forEach(member -> write(json, member));
        json.endArray();
        writeTexts(json, "retired", schema.retired());
        return json.endObject() + "\n";
    }

    private static void write(JsonWriter json, MemberSchema member) {
        json.beginObject();
        json.name("key").value(member.key());
        json.name("kind").value(member.kind().toString());
        json.name("type").value(member.type());
        if (member.module() != null) {
            json.name("module").value(member.module());
        }
        if (member.container()) {
            json.name("container").value(true);
        }
        if (member.optional()) {
            json.name("optional").value(true);
        }
        if (!member.persistent()) {
            json.name("persistent").value(false);
        }
        List<String> shape = member.shape();
        if (shape != null) {
            json.name("shape").beginArray();
            shape.forEach(json::value);
            json.endArray();
        }
        writeTexts(json, "formerly", member.formerly());
        if (member.tiedTo() != null) {
            json.name("tiedTo").value(member.tiedTo());
        }
        if (member.addedIn() != 1) {
            json.name("addedIn").value(member.addedIn());
        }
        json.endObject();
    }

    private static void writeTexts(JsonWriter json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            json.name(name).beginArray();
            texts.forEach(json::value);
            json.endArray();
        }
    }

    /**
     * Reads a schema.
     *
     * @param document the JSON
     * @return the schema
     * @throws IOException when the document is no schema; it says why
     */
    public static ClassSchema read(String document) throws IOException {
        JsonReader json = new JsonReader(document.getBytes(StandardCharsets.UTF_8));
        String module = null;
        int version = 1;
        boolean migrates = false;
        String superclass = null;
        List<MemberSchema> members = List.of();
        List<String> retired = List.of();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            switch (name) {
                case "module" -> module = json.nextString();
                case "version" -> version = readInt(json);
                case "migrates" -> migrates = json.nextBoolean();
                case "superclass" -> superclass = json.nextString();
                case "members" -> members = readMembers(json);
                case "retired" -> retired = readTexts(json);
                default -> throw unknown(json, name);
            }
        }
        json.endObject();
        json.endDocument();
        return new ClassSchema(required(json, "module", module), version, migrates, superclass, members, retired);
    }

    private static List<MemberSchema> readMembers(JsonReader json) throws JsonException {
        List<MemberSchema> members = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            members.add(readMember(json));
        }
        json.endArray();
        return members;
    }

    private static MemberSchema readMember(JsonReader json) throws JsonException {
        String key = null;
        MemberKind kind = null;
        String type = null;
        String module = null;
        boolean container = false;
        boolean optional = false;
        boolean persistent = true;
        List<String> shape = null;
        List<String> formerly = List.of();
        String tiedTo = null;
        int addedIn = 1;
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            switch (name) {
                case "key" -> key = json.nextString();
                case "kind" -> kind = readKind(json);
                case "type" -> type = json.nextString();
                case "module" -> module = json.nextString();
                case "container" -> container = json.nextBoolean();
                case "optional" -> optional = json.nextBoolean();
                case "persistent" -> persistent = json.nextBoolean();
                case "shape" -> shape = readTexts(json);
                case "formerly" -> formerly = readTexts(json);
                case "tiedTo" -> tiedTo = json.nextString();
                case "addedIn" -> addedIn = readInt(json);
                default -> throw unknown(json, name);
            }
        }
        json.endObject();
        return new MemberSchema(
                required(json, "key", key),
                required(json, "kind", kind),
                required(json, "type", type),
                module,
                container,
                optional,
                persistent,
                shape,
                formerly,
                tiedTo,
                addedIn);
    }

    private static MemberKind readKind(JsonReader json) throws JsonException {
        long offset = json.offset();
        String text = json.nextString();
        return MemberKind.of(text).orElseThrow(() -> new JsonException(offset, "there is no kind \"" + text + "\""));
    }

    private static int readInt(JsonReader json) throws JsonException {
        long offset = json.offset();
        long value = json.nextLong();
        if (value != (int) value) {
            throw new JsonException(offset, value + " is no version");
        }
        return (int) value;
    }

    private static List<String> readTexts(JsonReader json) throws JsonException {
        List<String> texts = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            texts.add(json.nextString());
        }
        json.endArray();
        return texts;
    }

    private static JsonException unknown(JsonReader json, String name) {
        return new JsonException(json.offset(), "this version of statedict does not know \"" + name + "\" in a schema");
    }

    private static <T> T required(JsonReader json, String name, @Nullable T value) throws JsonException {
        if (value == null) {
            throw new JsonException(json.offset(), "\"" + name + "\" is missing");
        }
        return value;
    }
}
