package dev.statedict.io.file;

import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import dev.statedict.json.JsonToken;
import dev.statedict.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What travels beside the entries: JSON under the one metadata key {@value #KEY}, left out when there is nothing to say.
 *
 * <pre>{@code {"versions":{"":2},"extra_state":{"fc":"text","":{"name":"text"},"head":null},"sha256":{"fc.weight":"9f86d0..."}}}</pre>
 *
 * @param versions the versions of the modules' classes by module path; empty when nothing is known
 * @param extraState by module path: a string, a map of strings, or null
 * @param digests by key: SHA-256 of the entry's bytes, row-major and little-endian, in hexadecimal
 */
public record ReservedMetadata(
        Map<String, Integer> versions, Map<String, @Nullable Object> extraState, Map<String, String> digests) {
    /** The reserved metadata key. */
    public static final String KEY = "statedict";

    /** Nothing to say. */
    public static final ReservedMetadata NONE = new ReservedMetadata(Map.of(), Map.of(), Map.of());

    private static final String VERSIONS = "versions";
    private static final String EXTRA_STATE = "extra_state";
    private static final String DIGESTS = "sha256";

    /** {@return whether there is nothing to say} */
    public boolean isEmpty() {
        return versions.isEmpty() && extraState.isEmpty() && digests.isEmpty();
    }

    /**
     * What two files of one checkpoint say.
     *
     * @param other of the other, which decides where they differ
     * @return both together
     */
    public ReservedMetadata and(ReservedMetadata other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return new ReservedMetadata(
                together(versions, other.versions),
                together(extraState, other.extraState),
                together(digests, other.digests));
    }

    private static <V extends @Nullable Object> Map<String, V> together(Map<String, V> one, Map<String, V> other) {
        Map<String, V> both = new LinkedHashMap<>(one);
        both.putAll(other);
        return Collections.unmodifiableMap(both);
    }

    /**
     * What concerns the keys below a prefix.
     *
     * @param prefix ends in a dot
     * @return the same for them, keyed without the prefix
     */
    public ReservedMetadata part(String prefix) {
        String root = prefix.substring(0, prefix.length() - 1);
        Map<String, Integer> versionsBelow = Names.below(prefix, versions);
        if (!versions.isEmpty()) {
            versionsBelow.put("", versions.getOrDefault(root, 1));
        }
        Map<String, @Nullable Object> extraStateBelow = Names.below(prefix, extraState);
        if (extraState.containsKey(root)) {
            extraStateBelow.put("", extraState.get(root));
        }
        return new ReservedMetadata(versionsBelow, extraStateBelow, Names.below(prefix, digests));
    }

    /** {@return the value of the metadata key} */
    public String toJson() {
        JsonWriter writer = JsonWriter.compact().beginObject();
        if (!versions.isEmpty()) {
            writer.name(VERSIONS).beginObject();
            versions.forEach((module, version) -> writer.name(module).value(version));
            writer.endObject();
        }
        if (!extraState.isEmpty()) {
            writer.name(EXTRA_STATE).beginObject();
            extraState.forEach((module, value) -> {
                writer.name(module);
                if (value instanceof Map<?, ?> texts) {
                    writer.beginObject();
                    texts.forEach((name, text) -> writer.name((String) name).value((String) text));
                    writer.endObject();
                } else {
                    writer.value((String) value);
                }
            });
            writer.endObject();
        }
        if (!digests.isEmpty()) {
            writer.name(DIGESTS).beginObject();
            digests.forEach((key, digest) -> writer.name(key).value(digest));
            writer.endObject();
        }
        return writer.endObject().toString();
    }

    /**
     * Takes the reserved key out of metadata.
     *
     * @param metadata loses the reserved key
     * @return what it says, if it is there
     * @throws FormatException when it is not what {@link #toJson} writes
     */
    public static ReservedMetadata take(Map<String, String> metadata) throws FormatException {
        String json = metadata.remove(KEY);
        return json == null ? NONE : parse(json);
    }

    /**
     * Reads the value of the metadata key.
     *
     * @param json the value
     * @return what it says
     * @throws FormatException when it is not what {@link #toJson} writes
     */
    public static ReservedMetadata parse(String json) throws FormatException {
        JsonReader reader = new JsonReader(json.getBytes(StandardCharsets.UTF_8));
        try {
            Map<String, Integer> versions = new LinkedHashMap<>();
            Map<String, @Nullable Object> extraState = new LinkedHashMap<>();
            Map<String, String> digests = new LinkedHashMap<>();
            reader.beginObject();
            while (reader.hasNext()) {
                long offset = reader.offset();
                String name = reader.nextName();
                switch (name) {
                    case VERSIONS -> readVersions(reader, versions);
                    case EXTRA_STATE -> readExtraState(reader, extraState);
                    case DIGESTS -> digests.putAll(readTexts(reader));
                    default ->
                        throw new JsonException(
                                offset, "unknown member \"" + name + "\", perhaps of a later version of statedict");
                }
            }
            reader.endObject();
            reader.endDocument();
            return new ReservedMetadata(
                    Collections.unmodifiableMap(versions),
                    Collections.unmodifiableMap(extraState),
                    Collections.unmodifiableMap(digests));
        } catch (JsonException malformed) {
            throw FormatException.of("metadata \"%s\", byte %,d: %s", KEY, malformed.offset(), malformed.problem());
        }
    }

    private static void readVersions(JsonReader reader, Map<String, Integer> versions) throws JsonException {
        reader.beginObject();
        while (reader.hasNext()) {
            String module = reader.nextName();
            long offset = reader.offset();
            long version = reader.nextLong();
            if (version < 1 || version > Integer.MAX_VALUE) {
                throw new JsonException(offset, version + " is no version; the first is 1");
            }
            versions.put(module, (int) version);
        }
        reader.endObject();
    }

    private static void readExtraState(JsonReader reader, Map<String, @Nullable Object> extraState)
            throws JsonException {
        reader.beginObject();
        while (reader.hasNext()) {
            String module = reader.nextName();
            JsonToken token = reader.peek();
            if (token == JsonToken.NULL) {
                reader.nextNull();
                extraState.put(module, null);
            } else {
                extraState.put(module, token == JsonToken.OBJECT ? readTexts(reader) : reader.nextString());
            }
        }
        reader.endObject();
    }

    private static Map<String, String> readTexts(JsonReader reader) throws JsonException {
        Map<String, String> texts = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            texts.put(reader.nextName(), reader.nextString());
        }
        reader.endObject();
        return Collections.unmodifiableMap(texts);
    }
}
