package dev.statedict.codec;

import dev.statedict.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes the JSON of a header. What is as it mostly is, is left out. */
final class HeaderText {
    static final String ARRAYS = "arrays";
    static final String ENTRIES = "entries";
    static final String EXTRA_STATE = "extra_state";
    static final String VERSIONS = "versions";
    static final String POSSIBLE_TIES = "possible_ties";
    static final String METADATA = "metadata";
    static final String DIGESTS = "sha256";

    private final JsonWriter json = JsonWriter.compact();

    private HeaderText() {}

    static byte[] of(Header header) {
        HeaderText text = new HeaderText();
        text.write(header);
        byte[] bytes = text.json.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Header.MAX_JSON_BYTES - Header.ALIGNMENT) {
            throw new IllegalArgumentException(String.format(
                    "the header would take %,d bytes, the format allows %,d; save in several",
                    bytes.length, Header.MAX_JSON_BYTES));
        }
        return bytes;
    }

    private void write(Header header) {
        json.beginObject().name(ARRAYS).beginArray();
        header.blocks().forEach(this::write);
        json.endArray().name(ENTRIES).beginArray();
        header.entries().forEach(this::write);
        json.endArray();
        write(header.notes());
        json.endObject();
    }

    private void write(Header.Block block) {
        json.beginObject().name("type").value(block.type().name());
        json.name("length").value(block.length());
        if (block.count() > 1) {
            json.name("count").value(block.count());
        }
        json.name("begin").value(block.begin()).endObject();
    }

    private void write(Header.Entry entry) {
        json.beginObject().name("key").value(entry.key());
        json.name("type").value(entry.type().name());
        if (entry.onRows()) {
            json.name("rows").beginArray();
            for (Header.Run run : entry.arrays()) {
                json.beginArray().value(run.first()).value(run.count()).endArray();
            }
            json.endArray();
        } else {
            json.name("array").value(entry.arrays().get(0).first());
        }
        if (entry.offset() > 0) {
            json.name("offset").value(entry.offset());
        }
        write("shape", entry.shape());
        write("strides", entry.strides());
        if (entry.role() != null) {
            json.name("role").value(entry.role());
        }
        if (entry.storedType() != null) {
            json.name("stored").value(entry.storedType());
        }
        json.endObject();
    }

    private void write(String name, int[] numbers) {
        json.name(name).beginArray();
        for (int number : numbers) {
            json.value(number);
        }
        json.endArray();
    }

    private void write(CodedDict.Notes notes) {
        if (!notes.extraState().isEmpty()) {
            json.name(EXTRA_STATE).beginObject();
            notes.extraState().forEach((module, value) -> {
                json.name(module);
                if (value instanceof Map<?, ?> texts) {
                    write(texts);
                } else {
                    json.value((String) value);
                }
            });
            json.endObject();
        }
        if (!notes.versions().isEmpty()) {
            json.name(VERSIONS).beginObject();
            notes.versions().forEach((module, version) -> json.name(module).value(version));
            json.endObject();
        }
        if (!notes.possibleTies().isEmpty()) {
            json.name(POSSIBLE_TIES).beginArray();
            notes.possibleTies().stream().sorted().forEach(json::value);
            json.endArray();
        }
        if (!notes.metadata().isEmpty()) {
            write(notes.metadata(), METADATA);
        }
        if (!notes.digests().isEmpty()) {
            write(notes.digests(), DIGESTS);
        }
    }

    private void write(Map<String, String> texts, String name) {
        json.name(name);
        write(texts);
    }

    private void write(Map<?, ?> texts) {
        json.beginObject();
        texts.forEach((name, text) -> json.name((String) name).value((String) text));
        json.endObject();
    }
}
