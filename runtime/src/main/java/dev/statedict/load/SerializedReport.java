package dev.statedict.load;

import dev.statedict.LoadReport;
import dev.statedict.codec.SerialForm;
import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import dev.statedict.json.JsonWriter;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What stands for a report in a stream of objects: JSON, so that whoever filters streams need not allow lists and maps. */
public final class SerializedReport implements Serializable {
    private static final long serialVersionUID = 1;

    private transient @Nullable LoadReport report;

    public SerializedReport(LoadReport report) {
        this.report = report;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        LoadReport written = Objects.requireNonNull(report);
        try {
            SerialForm.write(text(written), out);
        } catch (IllegalArgumentException refused) {
            throw SerialForm.notWritten(refused);
        }
    }

    private static String text(LoadReport report) {
        JsonWriter json = JsonWriter.compact().beginObject();
        write("applied", report.applied(), json);
        write("missing", report.missing(), json);
        write("unexpected", report.unexpected(), json);
        json.name("skipped").beginArray();
        for (LoadReport.Skipped skipped : report.skipped()) {
            json.beginArray().value(skipped.key());
            write(skipped.given(), json);
            write(skipped.expected(), json);
            json.endArray();
        }
        json.endArray();
        write("renamed", report.renamed(), json);
        write("retired", report.retired(), json);
        write("tied", report.tied(), json);
        write("overlapping", report.overlapping(), json);
        write("unchanged", report.unchanged(), json);
        write("dropped", report.dropped(), json);
        write("untouched", report.untouched(), json);
        write("problems", report.problems(), json);
        return json.endObject().toString();
    }

    private static void write(String name, List<String> texts, JsonWriter json) {
        json.name(name).beginArray();
        texts.forEach(json::value);
        json.endArray();
    }

    private static void write(String name, Map<String, String> texts, JsonWriter json) {
        json.name(name).beginObject();
        texts.forEach((key, text) -> json.name(key).value(text));
        json.endObject();
    }

    private static void write(List<Integer> sizes, JsonWriter json) {
        json.beginArray();
        sizes.forEach(json::value);
        json.endArray();
    }

    private void readObject(ObjectInputStream in) throws IOException {
        JsonReader json = new JsonReader(SerialForm.readText(in));
        try {
            json.beginObject();
            report = new LoadReport(
                    texts("applied", json),
                    texts("missing", json),
                    texts("unexpected", json),
                    skipped(json),
                    pairs("renamed", json),
                    texts("retired", json),
                    pairs("tied", json),
                    pairs("overlapping", json),
                    texts("unchanged", json),
                    texts("dropped", json),
                    texts("untouched", json),
                    texts("problems", json));
            json.endObject();
            json.endDocument();
        } catch (JsonException malformed) {
            throw new InvalidObjectException(
                    "no report of a load: byte " + malformed.offset() + ": " + malformed.problem());
        }
    }

    /** The members stand in one order. */
    private static void member(String name, JsonReader json) throws JsonException {
        long at = json.offset();
        if (!json.hasNext() || !json.nextName().equals(name)) {
            throw new JsonException(at, "expected the member \"" + name + "\"");
        }
    }

    private static List<String> texts(String name, JsonReader json) throws JsonException {
        member(name, json);
        List<String> texts = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            texts.add(json.nextString());
        }
        json.endArray();
        return texts;
    }

    private static Map<String, String> pairs(String name, JsonReader json) throws JsonException {
        member(name, json);
        Map<String, String> pairs = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            pairs.put(json.nextName(), json.nextString());
        }
        json.endObject();
        return pairs;
    }

    private static List<LoadReport.Skipped> skipped(JsonReader json) throws JsonException {
        member("skipped", json);
        List<LoadReport.Skipped> skipped = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            json.beginArray();
            json.hasNext();
            String key = json.nextString();
            json.hasNext();
            List<Integer> given = sizes(json);
            json.hasNext();
            skipped.add(new LoadReport.Skipped(key, given, sizes(json)));
            json.endArray();
        }
        json.endArray();
        return skipped;
    }

    private static List<Integer> sizes(JsonReader json) throws JsonException {
        List<Integer> sizes = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            long at = json.offset();
            long size = json.nextLong();
            if (size > Integer.MAX_VALUE) {
                throw new JsonException(at, size + " is no size");
            }
            sizes.add((int) size);
        }
        json.endArray();
        return List.copyOf(sizes);
    }

    private Object readResolve() {
        return Objects.requireNonNull(report);
    }
}
