package dev.statedict.load;

import dev.statedict.LoadOptions;
import dev.statedict.Policy;
import dev.statedict.StateMapping;
import dev.statedict.codec.SerialForm;
import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import dev.statedict.json.JsonWriter;
import dev.statedict.text.Glob;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What stands for the options of a load in a stream of objects: JSON, and behind it the mapping, where there is one. */
public final class SerializedOptions implements Serializable {
    private static final long serialVersionUID = 1;

    private transient @Nullable Rules rules;
    private transient @Nullable LoadOptions options;

    public SerializedOptions(Rules rules) {
        this.rules = rules;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        Rules written = Objects.requireNonNull(rules);
        StateMapping mapping = written.mapping();
        if (mapping != null && !(mapping instanceof Serializable)) {
            throw new NotSerializableException("the mapping of these LoadOptions, a "
                    + mapping.getClass().getName()
                    + "; a KeyMapping is serializable, and so is a mapping whose class implements Serializable");
        }
        try {
            SerialForm.write(text(written), out);
        } catch (IllegalArgumentException refused) {
            throw SerialForm.notWritten(refused);
        }
        out.writeObject(mapping);
    }

    private static String text(Rules rules) {
        JsonWriter json = JsonWriter.compact().beginObject();
        Policy policy = rules.chosenPolicy();
        if (policy != null) {
            json.name("policy").value(policy.name());
        }
        write("missing", rules.missing(), json);
        write("unexpected", rules.unexpected(), json);
        write("mismatched", rules.mismatched(), json);
        json.name("prefix").value(rules.prefix());
        json.name("renames").beginObject();
        rules.renames().forEach((before, after) -> json.name(before).value(after));
        json.endObject();
        json.name("rounding").value(rules.allowsRounding());
        json.name("version").value(rules.version());
        return json.endObject().toString();
    }

    private static void write(String name, List<Glob> globs, JsonWriter json) {
        json.name(name).beginArray();
        globs.forEach(glob -> json.value(glob.text()));
        json.endArray();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        LoadOptions read = LoadOptions.strict();
        JsonReader json = new JsonReader(SerialForm.readText(in));
        try {
            json.beginObject();
            while (json.hasNext()) {
                read = withMember(read, json);
            }
            json.endObject();
            json.endDocument();
        } catch (JsonException malformed) {
            throw new InvalidObjectException(
                    "no options of a load: byte " + malformed.offset() + ": " + malformed.problem());
        }
        Object mapping = in.readObject();
        if (mapping != null && !(mapping instanceof StateMapping)) {
            throw new InvalidObjectException(
                    "a " + mapping.getClass().getName() + " in place of the mapping of the options of a load");
        }
        options = mapping == null ? read : read.withMapping((StateMapping) mapping);
    }

    private static LoadOptions withMember(LoadOptions before, JsonReader json) throws JsonException {
        LoadOptions options = before;
        long at = json.offset();
        String name = json.nextName();
        switch (name) {
            case "policy" -> options = options.withPolicy(policy(json));
            case "missing", "unexpected", "mismatched" -> {
                json.beginArray();
                while (json.hasNext()) {
                    String glob = json.nextString();
                    options = switch (name) {
                        case "missing" -> options.allowMissing(glob);
                        case "unexpected" -> options.allowUnexpected(glob);
                        default -> options.skipMismatched(glob);
                    };
                }
                json.endArray();
            }
            case "prefix" -> options = options.withPrefix(json.nextString());
            case "renames" -> {
                json.beginObject();
                while (json.hasNext()) {
                    options = options.rename(json.nextName(), json.nextString());
                }
                json.endObject();
            }
            case "rounding" -> options = json.nextBoolean() ? options.allowRounding() : options;
            case "version" -> options = withVersion(options, json);
            default ->
                throw new JsonException(at, "unknown member \"" + name + "\", perhaps of a later version of statedict");
        }
        return options;
    }

    private static Policy policy(JsonReader json) throws JsonException {
        long at = json.offset();
        String name = json.nextString();
        for (Policy policy : Policy.values()) {
            if (policy.name().equals(name)) {
                return policy;
            }
        }
        throw new JsonException(at, "\"" + name + "\" is no policy");
    }

    private static LoadOptions withVersion(LoadOptions options, JsonReader json) throws JsonException {
        long at = json.offset();
        long version = json.nextLong();
        if (version > Integer.MAX_VALUE) {
            throw new JsonException(at, version + " is no version");
        }
        return version == Rules.CURRENT ? options : options.assumeVersion((int) version);
    }

    private Object readResolve() {
        return Objects.requireNonNull(options);
    }
}
