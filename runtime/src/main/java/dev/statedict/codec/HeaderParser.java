package dev.statedict.codec;

import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import dev.statedict.json.JsonToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a header: what {@link HeaderText} writes, in any order, and nothing else. */
final class HeaderParser {
    private final JsonReader json;
    private final List<Header.Block> blocks = new ArrayList<>();
    private final List<Header.Entry> entries = new ArrayList<>();
    private final Map<String, @Nullable Object> extraState = new LinkedHashMap<>();
    private final Map<String, Integer> versions = new LinkedHashMap<>();
    private final Set<String> possibleTies = new LinkedHashSet<>();
    private Map<String, String> metadata = Map.of();
    private Map<String, String> digests = Map.of();

    private HeaderParser(byte[] bytes) {
        json = new JsonReader(bytes, Header.START_BYTES);
    }

    static Header parse(byte[] bytes) throws CodecException {
        HeaderParser parser = new HeaderParser(bytes);
        try {
            parser.read();
        } catch (JsonException malformed) {
            throw CodecException.of("header, byte %,d: %s", malformed.offset(), malformed.problem());
        }
        CodedDict.Notes notes = new CodedDict.Notes(
                Collections.unmodifiableMap(parser.extraState),
                Collections.unmodifiableMap(parser.versions),
                Collections.unmodifiableSet(parser.possibleTies),
                parser.metadata,
                parser.digests);
        Header header = new Header(List.copyOf(parser.blocks), List.copyOf(parser.entries), notes);
        HeaderCheck.check(header);
        return header;
    }

    private void read() throws JsonException {
        json.beginObject();
        while (json.hasNext()) {
            long at = json.offset();
            String name = json.nextName();
            switch (name) {
                case HeaderText.ARRAYS -> readAll(() -> blocks.add(block()));
                case HeaderText.ENTRIES -> readAll(() -> entries.add(entry()));
                case HeaderText.EXTRA_STATE -> readExtraState();
                case HeaderText.VERSIONS -> readVersions();
                case HeaderText.POSSIBLE_TIES -> readAll(() -> possibleTies.add(json.nextString()));
                case HeaderText.METADATA -> metadata = texts();
                case HeaderText.DIGESTS -> digests = texts();
                default -> throw unknown(at, name);
            }
        }
        json.endObject();
        json.endDocument();
    }

    /** Reads the next value. */
    private interface Element {
        void read() throws JsonException;
    }

    private void readAll(Element element) throws JsonException {
        json.beginArray();
        while (json.hasNext()) {
            element.read();
        }
        json.endArray();
    }

    private static JsonException unknown(long at, String name) {
        return new JsonException(at, "unknown member \"" + name + "\", perhaps of a later version of statedict");
    }

    private static <T> T present(long at, String name, @Nullable T value) throws JsonException {
        if (value == null) {
            throw new JsonException(at, "the member \"" + name + "\" is missing");
        }
        return value;
    }

    private int integer() throws JsonException {
        long at = json.offset();
        long number = json.nextLong();
        if (number > Integer.MAX_VALUE) {
            throw new JsonException(at, "expected an integer of at most 2^31 - 1, found " + number);
        }
        return (int) number;
    }

    private int[] integers() throws JsonException {
        int[] integers = new int[4];
        int count = 0;
        json.beginArray();
        while (json.hasNext()) {
            integers = count == integers.length ? Arrays.copyOf(integers, count * 2) : integers;
            integers[count++] = integer();
        }
        json.endArray();
        return Arrays.copyOf(integers, count);
    }

    private ArrayType type() throws JsonException {
        long at = json.offset();
        String name = json.nextString();
        ArrayType type = ArrayType.named(name);
        if (type == null) {
            throw new JsonException(
                    at, "\"" + name + "\" is no type of arrays; those are " + Arrays.toString(ArrayType.values()));
        }
        return type;
    }

    private Header.Block block() throws JsonException {
        long at = json.offset();
        ArrayType type = null;
        Integer length = null;
        int count = 1;
        Long begin = null;
        json.beginObject();
        while (json.hasNext()) {
            long memberAt = json.offset();
            String name = json.nextName();
            switch (name) {
                case "type" -> type = type();
                case "length" -> length = integer();
                case "count" -> count = integer();
                case "begin" -> begin = json.nextLong();
                default -> throw unknown(memberAt, name);
            }
        }
        json.endObject();
        return new Header.Block(
                present(at, "type", type), present(at, "length", length), count, present(at, "begin", begin));
    }

    private Header.Entry entry() throws JsonException {
        long at = json.offset();
        String key = null;
        ArrayType type = null;
        List<Header.Run> array = null;
        List<Header.Run> rows = null;
        int offset = 0;
        int[] shape = null;
        int[] strides = null;
        String role = null;
        String storedType = null;
        json.beginObject();
        while (json.hasNext()) {
            long memberAt = json.offset();
            String name = json.nextName();
            switch (name) {
                case "key" -> key = json.nextString();
                case "type" -> type = type();
                case "array" -> array = List.of(new Header.Run(integer(), 1));
                case "rows" -> rows = runs();
                case "offset" -> offset = integer();
                case "shape" -> shape = integers();
                case "strides" -> strides = integers();
                case "role" -> role = json.nextString();
                case "stored" -> storedType = json.nextString();
                default -> throw unknown(memberAt, name);
            }
        }
        json.endObject();
        if (array != null && rows != null) {
            throw new JsonException(at, "an entry lies on one array or on rows, not on both");
        }
        return new Header.Entry(
                present(at, "key", key),
                present(at, "type", type),
                rows != null,
                rows != null ? rows : present(at, "array", array),
                offset,
                present(at, "shape", shape),
                present(at, "strides", strides),
                role,
                storedType);
    }

    private List<Header.Run> runs() throws JsonException {
        List<Header.Run> runs = new ArrayList<>();
        readAll(() -> {
            json.beginArray();
            json.hasNext();
            int first = integer();
            json.hasNext();
            runs.add(new Header.Run(first, integer()));
            json.endArray();
        });
        return List.copyOf(runs);
    }

    private void readExtraState() throws JsonException {
        json.beginObject();
        while (json.hasNext()) {
            String module = json.nextName();
            JsonToken token = json.peek();
            if (token == JsonToken.NULL) {
                json.nextNull();
                extraState.put(module, null);
            } else {
                extraState.put(module, token == JsonToken.OBJECT ? texts() : json.nextString());
            }
        }
        json.endObject();
    }

    private void readVersions() throws JsonException {
        json.beginObject();
        while (json.hasNext()) {
            String module = json.nextName();
            long at = json.offset();
            int version = integer();
            if (version < 1) {
                throw new JsonException(at, version + " is no version; the first is 1");
            }
            versions.put(module, version);
        }
        json.endObject();
    }

    private Map<String, String> texts() throws JsonException {
        Map<String, String> texts = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            texts.put(json.nextName(), json.nextString());
        }
        json.endObject();
        return Collections.unmodifiableMap(texts);
    }
}
