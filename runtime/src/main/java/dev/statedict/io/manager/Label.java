package dev.statedict.io.manager;

import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import dev.statedict.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a checkpoint says of itself in one metadata entry, {@value #KEY}:
 *
 * <pre>{@code {"step":1200,"time":"2026-01-31T12:00:00Z","metrics":{"validation_loss":"0.127"}}}</pre>
 *
 * <p>Numbers that are measured are texts, for JSON has no NaN, and Python's {@code float} reads Java's.
 *
 * @param step the step of training
 * @param time when it was saved
 * @param metrics what was measured then
 */
public record Label(long step, Instant time, Map<String, Double> metrics) {
    /** The metadata key. */
    public static final String KEY = "checkpoint";

    /** {@return the value of the metadata key} */
    public String toJson() {
        JsonWriter writer = JsonWriter.compact().beginObject();
        writer.name("step").value(step);
        writer.name("time").value(time.toString());
        writer.name("metrics").beginObject();
        metrics.forEach((name, value) -> writer.name(name).value(String.valueOf(value)));
        return writer.endObject().endObject().toString();
    }

    /**
     * Reads the value of the metadata key.
     *
     * @throws JsonException when it is not what {@link #toJson} writes
     */
    static Label parse(String json) throws JsonException {
        JsonReader reader = new JsonReader(json.getBytes(StandardCharsets.UTF_8));
        long step = -1;
        Instant time = Instant.EPOCH;
        Map<String, Double> metrics = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            long offset = reader.offset();
            try {
                switch (reader.nextName()) {
                    case "step" -> step = reader.nextLong();
                    case "time" -> time = Instant.parse(reader.nextString());
                    case "metrics" -> {
                        reader.beginObject();
                        while (reader.hasNext()) {
                            metrics.put(reader.nextName(), Double.valueOf(reader.nextString()));
                        }
                        reader.endObject();
                    }
                    // of a later version
                    default -> reader.skipValue();
                }
            } catch (DateTimeException | NumberFormatException malformed) {
                throw new JsonException(offset, String.valueOf(malformed.getMessage()));
            }
        }
        reader.endObject();
        reader.endDocument();
        return new Label(step, time, Collections.unmodifiableMap(metrics));
    }
}
