package dev.statedict.io.safetensors;

import dev.statedict.StoredType;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.write.FileImage;
import dev.statedict.io.write.StoredDict;
import dev.statedict.io.write.StoredEntry;
import dev.statedict.io.write.TensorWriter;
import dev.statedict.json.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a safetensors file, byte for byte as the reference writer does; metadata, which that leaves unordered, by key. */
public final class SafetensorsWriter {
    /** The reference's order of types, of which it writes the last first. */
    private static final List<StoredType> TYPE_ORDER = List.of(
            StoredType.U64,
            StoredType.I64,
            StoredType.F64,
            StoredType.F32,
            StoredType.U32,
            StoredType.I32,
            StoredType.BF16,
            StoredType.F16,
            StoredType.U16,
            StoredType.I16,
            StoredType.F8_E5M2FNUZ,
            StoredType.F8_E4M3FNUZ,
            StoredType.F8_E4M3,
            StoredType.F8_E5M2,
            StoredType.I8,
            StoredType.U8,
            StoredType.BOOL);

    private static final Comparator<StoredEntry> FILE_ORDER = Comparator.comparingInt(
                    (StoredEntry entry) -> TYPE_ORDER.indexOf(entry.type()))
            .thenComparing(StoredEntry::key, Names.UTF8_ORDER);

    private SafetensorsWriter() {}

    /**
     * Lays out a file.
     *
     * @param dict what to write
     * @return the file
     * @throws IllegalArgumentException when the format cannot express the content
     */
    public static FileImage image(StoredDict dict) {
        Ties ties = Ties.among(dict.entries(), dict.possibleTies());
        return image(ties.kept(), metadata(dict, ties));
    }

    /** Lays out a file of entries that share nothing. */
    static FileImage image(List<StoredEntry> entries, Map<String, String> metadata) {
        List<StoredEntry> sorted = new ArrayList<>(entries);
        sorted.sort(FILE_ORDER);
        TensorWriter writer = new TensorWriter(false);
        writer.add(header(sorted, metadata));
        sorted.forEach(writer::add);
        return writer;
    }

    /** All metadata of a file, by key: the user's, the ties', and the reserved one. */
    static Map<String, String> metadata(StoredDict dict, Ties ties) {
        Map<String, String> metadata = new TreeMap<>(Names.UTF8_ORDER);
        metadata.putAll(dict.metadata());
        ties.refuseLookalikes(metadata);
        metadata.putAll(ties.dropped());
        if (!dict.reserved().isEmpty()) {
            metadata.put(ReservedMetadata.KEY, dict.reserved().toJson());
        }
        return metadata;
    }

    private static byte[] header(List<StoredEntry> entries, Map<String, String> metadata) {
        JsonWriter json = JsonWriter.compact().beginObject();
        if (!metadata.isEmpty()) {
            json.name(HeaderParser.METADATA).beginObject();
            metadata.forEach((name, value) -> json.name(name).value(value));
            json.endObject();
        }
        long begin = 0;
        for (StoredEntry entry : entries) {
            long end = begin + entry.byteCount();
            json.name(entry.key()).beginObject();
            json.name("dtype").value(entry.type().name());
            json.name("shape").beginArray();
            for (int size : entry.values().shape()) {
                json.value(size);
            }
            json.endArray();
            json.name("data_offsets").beginArray().value(begin).value(end).endArray();
            json.endObject();
            begin = end;
        }
        byte[] text = json.endObject().toString().getBytes(StandardCharsets.UTF_8);
        int padding = -text.length & 7;
        if (text.length + padding > SafetensorsReader.MAX_HEADER_BYTES) {
            throw new IllegalArgumentException(String.format(
                    "the header would take %,d bytes, safetensors allows %,d; save in shards",
                    text.length, SafetensorsReader.MAX_HEADER_BYTES));
        }
        ByteBuffer header =
                ByteBuffer.allocate(Long.BYTES + text.length + padding).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(text.length + padding).put(text);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.array();
    }
}
