package dev.statedict.processor;

import dev.statedict.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One case of {@code conformance.json}: modules, calls, and what PyTorch 2.13 answered.
 *
 * @param modules each module in the notation, by the variable that the calls use
 */
record ConformanceCase(String id, String tag, String title, Map<String, String> modules, List<Step> steps) {
    private static final Path FILE = Path.of("../runtime/src/test/resources/dev/statedict/conformance.json");

    /** A call and its result: a text, a list of keys, a truth value or the entries of a dict; null when it has none. */
    record Step(String call, @Nullable Object expect) {}

    static List<ConformanceCase> tagged(String... tags) {
        return all().stream()
                .filter(candidate -> List.of(tags).contains(candidate.tag))
                .toList();
    }

    static ConformanceCase of(String id) {
        return all().stream()
                .filter(candidate -> candidate.id.equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The result of a call that the case makes once. */
    Object expect(String call) {
        List<Object> results = new ArrayList<>();
        for (Step step : steps) {
            if (step.call.equals(call) && step.expect != null) {
                results.add(step.expect);
            }
        }
        if (results.size() != 1) {
            throw new IllegalArgumentException(id + " has " + results.size() + " results of " + call);
        }
        return results.get(0);
    }

    private static List<ConformanceCase> all() {
        try {
            JsonReader json = new JsonReader(Files.readAllBytes(FILE));
            Map<?, ?> document = (Map<?, ?>) read(json);
            json.endDocument();
            return ((List<?>) document.get("cases"))
                    .stream().map(fields -> of((Map<?, ?>) fields)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConformanceCase of(Map<?, ?> fields) {
        Map<String, String> modules = new LinkedHashMap<>();
        if (fields.get("module") instanceof Map<?, ?> several) {
            several.forEach((variable, notation) -> modules.put((String) variable, (String) notation));
        } else {
            modules.put("M", (String) fields.get("module"));
        }
        List<Step> steps = new ArrayList<>();
        for (Object step : (List<?>) fields.get("steps")) {
            steps.add(new Step((String) ((Map<?, ?>) step).get("call"), ((Map<?, ?>) step).get("expect")));
        }
        return new ConformanceCase(
                (String) fields.get("id"), (String) fields.get("tag"), (String) fields.get("title"), modules, steps);
    }

    private static @Nullable Object read(JsonReader json) throws IOException {
        switch (json.peek()) {
            case OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                json.beginObject();
                while (json.hasNext()) {
                    fields.put(json.nextName(), read(json));
                }
                json.endObject();
                return fields;
            }
            case ARRAY -> {
                List<Object> elements = new ArrayList<>();
                json.beginArray();
                while (json.hasNext()) {
                    elements.add(read(json));
                }
                json.endArray();
                return elements;
            }
            case STRING -> {
                return json.nextString();
            }
            case BOOLEAN -> {
                return json.nextBoolean();
            }
            case NUMBER -> {
                return json.nextNumber();
            }
            default -> {
                json.nextNull();
                return null;
            }
        }
    }

    @Override
    public String toString() {
        return id + " " + title;
    }
}
