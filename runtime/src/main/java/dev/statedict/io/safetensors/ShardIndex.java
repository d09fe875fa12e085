package dev.statedict.io.safetensors;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.read.FileBytes;
import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import dev.statedict.json.JsonToken;
import dev.statedict.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file that says which shard holds which tensor, as huggingface_hub writes it.
 *
 * @param suffix what its shards end in: {@value #PYTORCH} below {@code pytorch_model.bin.index.json}
 * @param metadata texts by name; numbers, such as {@code total_size}, as text
 * @param shards the shard's file name by tensor name
 */
public record ShardIndex(String suffix, Map<String, String> metadata, Map<String, String> shards) {
    static final String TOTAL_SIZE = "total_size";

    private static final String PYTORCH = ".bin";
    private static final int MAX_BYTES = 100_000_000;

    /**
     * Reads an index.
     *
     * @param file the index
     * @return what it says
     * @throws IOException when it cannot be read, is none, or names a shard that does not lie beside it
     */
    public static ShardIndex read(FileBytes file) throws IOException {
        if (file.length() > MAX_BYTES) {
            throw FormatException.of(
                    "expected an index of at most %,d bytes, the file has %,d", MAX_BYTES, file.length());
        }
        String suffix = file.name().endsWith(PYTORCH + ShardNames.INDEX_SUFFIX) ? PYTORCH : ShardNames.SUFFIX;
        ShardIndex index = new ShardIndex(suffix, new LinkedHashMap<>(), new LinkedHashMap<>());
        JsonReader reader = new JsonReader(file.read(0, (int) file.length()).array());
        boolean mapped = false;
        try {
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.nextName()) {
                    case "metadata" -> index.readMetadata(reader);
                    case "weight_map" -> {
                        mapped = true;
                        index.readShards(reader);
                    }
                    default -> reader.skipValue();
                }
            }
            reader.endObject();
            reader.endDocument();
        } catch (JsonException malformed) {
            throw FormatException.of("offset %,d: %s", malformed.offset(), malformed.problem());
        }
        if (!mapped) {
            throw new FormatException("no shard index: it lacks the member \"weight_map\"");
        }
        return index;
    }

    private void readMetadata(JsonReader reader) throws JsonException {
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            JsonToken token = reader.peek();
            if (token == JsonToken.STRING) {
                metadata.put(name, reader.nextString());
            } else if (token == JsonToken.NUMBER) {
                metadata.put(name, reader.nextNumber());
            } else {
                reader.skipValue();
            }
        }
        reader.endObject();
    }

    private void readShards(JsonReader reader) throws JsonException {
        reader.beginObject();
        while (reader.hasNext()) {
            String tensor = reader.nextName();
            long offset = reader.offset();
            String shard = reader.nextString();
            if (!ShardNames.isPlain(shard, suffix)) {
                throw new JsonException(
                        offset,
                        Names.quote(shard) + " is no plain file name that ends in " + suffix
                                + "; a shard lies beside its index");
            }
            shards.put(tensor, shard);
        }
        reader.endObject();
    }

    /** {@return whether the shards are safetensors, in which texts may be ties} */
    public boolean isOfSafetensors() {
        return suffix.equals(ShardNames.SUFFIX);
    }

    byte[] toJson(long totalSize) {
        JsonWriter writer = JsonWriter.indented().beginObject();
        writer.name("metadata").beginObject();
        writer.name(TOTAL_SIZE).value(totalSize);
        metadata.forEach((name, value) -> writer.name(name).value(value));
        writer.endObject();
        writer.name("weight_map").beginObject();
        shards.forEach((tensor, shard) -> writer.name(tensor).value(shard));
        writer.endObject().endObject();
        return (writer + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
