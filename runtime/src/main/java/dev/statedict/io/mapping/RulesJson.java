package dev.statedict.io.mapping;

import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import dev.statedict.json.JsonToken;
import dev.statedict.json.JsonWriter;
import dev.statedict.tensor.ElementType;
import dev.statedict.text.Glob;
import dev.statedict.text.KeyPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules as an array of objects, each of which begins with the name of its rule. */
public final class RulesJson {
    private static final String NAMES = "rename, transpose, permute, reshape, concatenate, split, drop and cast";

    /** The members of one rule: texts, whole numbers and lists of either. */
    private static final class Members {
        private final Map<String, Object> values = new LinkedHashMap<>();

        void read(JsonReader json) throws JsonException {
            json.beginObject();
            while (json.hasNext()) {
                values.put(json.nextName(), value(json));
            }
            json.endObject();
        }

        private static Object value(JsonReader json) throws JsonException {
            if (json.peek() == JsonToken.STRING) {
                return json.nextString();
            }
            if (json.peek() == JsonToken.ARRAY) {
                List<Object> list = new ArrayList<>();
                json.beginArray();
                while (json.hasNext()) {
                    list.add(json.peek() == JsonToken.STRING ? json.nextString() : number(json));
                }
                json.endArray();
                return list;
            }
            return number(json);
        }

        private static Integer number(JsonReader json) throws JsonException {
            long at = json.offset();
            String number = json.nextNumber();
            try {
                return Integer.valueOf(number);
            } catch (NumberFormatException noInt) {
                throw new JsonException(at, "expected a whole number of 32 bits, found " + number);
            }
        }

        private <T> @Nullable T take(String name, Class<T> type, String what) {
            Object value = values.remove(name);
            if (value != null && !type.isInstance(value)) {
                throw new IllegalArgumentException("\"" + name + "\" is " + what);
            }
            return type.cast(value);
        }

        private static <T> T required(String name, @Nullable T value) {
            if (value == null) {
                throw new IllegalArgumentException("\"" + name + "\" is missing");
            }
            return value;
        }

        String text(String name) {
            return required(name, take(name, String.class, "a text"));
        }

        int number(String name) {
            return required(name, take(name, Integer.class, "a whole number"));
        }

        <T> List<T> list(String name, Class<T> of) {
            List<?> list = required(name, take(name, List.class, "a list"));
            if (!list.stream().allMatch(of::isInstance)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is a list of " + (of == String.class ? "texts" : "whole numbers"));
            }
            return list.stream().<T>map(of::cast).toList();
        }

        boolean has(String name) {
            return values.containsKey(name);
        }

        ElementType type(String name) {
            String text = text(name);
            return Arrays.stream(ElementType.values())
                    .filter(type -> type.name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "\"" + text + "\" is no element type; those are " + Arrays.toString(ElementType.values())));
        }

        Pieces pieces(String whole, List<String> keys) {
            return new Pieces(
                    new KeyPattern(whole),
                    keys.stream().map(KeyPattern::new).toList(),
                    has("dim") ? number("dim") : 0,
                    has("sizes") ? list("sizes", Integer.class) : List.of());
        }

        Rule rule() {
            Rule rule = known();
            if (rule == null) {
                throw new IllegalArgumentException(
                        values.isEmpty()
                                ? "it is empty; the rules are " + NAMES
                                : "there is no rule \""
                                        + values.keySet().iterator().next() + "\"; the rules are " + NAMES);
            }
            if (!values.isEmpty()) {
                throw new IllegalArgumentException(
                        "it has no \"" + values.keySet().iterator().next() + "\"; leave that out");
            }
            return rule;
        }

        private @Nullable Rule known() {
            if (has("rename")) {
                return new Rename(new KeyPattern(text("rename")), new KeyPattern(text("to")));
            }
            if (has("transpose")) {
                return new Each(new Glob(text("transpose")), new Change.Transpose());
            }
            if (has("permute")) {
                return new Each(new Glob(text("permute")), new Change.Permute(list("dims", Integer.class)));
            }
            if (has("reshape")) {
                return new Each(
                        new Glob(text("reshape")),
                        new Change.Reshape(list("from", Integer.class), list("to", Integer.class)));
            }
            if (has("concatenate")) {
                List<String> keys = list("concatenate", String.class);
                return new Concatenate(pieces(text("to"), keys));
            }
            if (has("split")) {
                String whole = text("split");
                return new Split(pieces(whole, list("to", String.class)));
            }
            if (has("drop")) {
                return new Drop(new Glob(text("drop")));
            }
            if (has("cast")) {
                return new Each(new Glob(text("cast")), new Change.Cast(has("from") ? type("from") : null, type("to")));
            }
            return null;
        }
    }

    private RulesJson() {}

    /**
     * Reads rules.
     *
     * @param text a JSON array
     * @return the rules in order
     * @throws IllegalArgumentException naming rule, place and mend, when the text is no JSON or no rules
     */
    public static List<Rule> read(String text) {
        JsonReader json = new JsonReader(text.getBytes(StandardCharsets.UTF_8));
        List<Rule> rules = new ArrayList<>();
        long at = 0;
        try {
            json.beginArray();
            while (json.hasNext()) {
                at = json.offset();
                Members members = new Members();
                members.read(json);
                rules.add(members.rule());
            }
            json.endArray();
            json.endDocument();
        } catch (JsonException e) {
            throw new IllegalArgumentException("no mapping: at byte " + e.offset() + ": " + e.problem(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "no mapping: rule " + (rules.size() + 1) + ", at byte " + at + ": " + e.getMessage(), e);
        }
        return List.copyOf(rules);
    }

    /**
     * Writes rules.
     *
     * @param rules in order
     * @return the text as it is read
     */
    public static String write(List<Rule> rules) {
        JsonWriter json = JsonWriter.indented().beginArray();
        for (Rule rule : rules) {
            json.beginObject();
            write(rule, json);
            json.endObject();
        }
        return json.endArray().toString();
    }

    private static void write(Rule rule, JsonWriter json) {
        if (rule instanceof Rename rename) {
            json.name("rename").value(rename.from().toString());
            json.name("to").value(rename.to().toString());
        } else if (rule instanceof Drop drop) {
            json.name("drop").value(drop.keys().text());
        } else if (rule instanceof Concatenate concatenate) {
            texts(json.name("concatenate"), concatenate.pieces().keys());
            json.name("to").value(concatenate.pieces().whole().toString());
            along(concatenate.pieces(), json);
        } else if (rule instanceof Split split) {
            json.name("split").value(split.pieces().whole().toString());
            texts(json.name("to"), split.pieces().keys());
            along(split.pieces(), json);
        } else if (rule instanceof Each each) {
            json.name(each.change().name()).value(each.keys().text());
            write(each.change(), json);
        }
    }

    private static void write(Change change, JsonWriter json) {
        if (change instanceof Change.Permute permute) {
            numbers(json.name("dims"), permute.dims());
        } else if (change instanceof Change.Reshape reshape) {
            numbers(json.name("from"), reshape.from());
            numbers(json.name("to"), reshape.to());
        } else if (change instanceof Change.Cast cast) {
            if (cast.from() != null) {
                json.name("from").value(cast.from().name());
            }
            json.name("to").value(cast.to().name());
        }
    }

    private static void along(Pieces pieces, JsonWriter json) {
        json.name("dim").value(pieces.dim());
        if (!pieces.sizes().isEmpty()) {
            numbers(json.name("sizes"), pieces.sizes());
        }
    }

    private static void texts(JsonWriter json, List<KeyPattern> texts) {
        json.beginArray();
        texts.forEach(text -> json.value(text.toString()));
        json.endArray();
    }

    private static void numbers(JsonWriter json, List<Integer> numbers) {
        json.beginArray();
        numbers.forEach(json::value);
        json.endArray();
    }
}
