package dev.statedict.io.pickle;

import dev.statedict.io.file.Names;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code dict} or {@code OrderedDict} of a pickle, perhaps with attributes. Equal to itself alone. */
public final class PickledDict {
    // made when needed: an empty dict is a single byte of a pickle
    private @Nullable Map<Object, @Nullable Object> items;
    private @Nullable PickledDict attributes;

    /** Makes an empty dict. */
    public PickledDict() {}

    /**
     * The items.
     *
     * @return the items in their order; keys are {@code String}, {@code Long}, {@code BigInteger}, {@code Boolean}, or stand
     *     for any other
     */
    public Map<Object, @Nullable Object> items() {
        return items == null ? Map.of() : Collections.unmodifiableMap(items);
    }

    /**
     * A key as text.
     *
     * @param key one of the items'
     * @return as it stands in a path: a text as it is, anything else as Python prints it
     */
    public static String text(Object key) {
        return key instanceof Boolean truth ? (truth ? "True" : "False") : key.toString();
    }

    /**
     * The value of an item.
     *
     * @param key its key
     * @return null when it is None, or not there
     */
    public @Nullable Object get(Object key) {
        return items == null ? null : items.get(key);
    }

    /** {@return what Python's {@code __dict__} of the dict held, or null} */
    public @Nullable PickledDict attributes() {
        return attributes;
    }

    void attributes(PickledDict values) {
        attributes = values;
    }

    /**
     * Adds an item.
     *
     * @param key its key; not there yet
     * @param value its value
     * @throws IllegalArgumentException when the key is there already
     */
    public void put(@Nullable Object key, @Nullable Object value) {
        boolean plain =
                key instanceof String || key instanceof Long || key instanceof BigInteger || key instanceof Boolean;
        putKey(plain && key != null ? key : DictKey.of(key), value);
    }

    private void putKey(Object key, @Nullable Object value) {
        Map<Object, @Nullable Object> present = items;
        if (present == null) {
            present = new LinkedHashMap<>();
            items = present;
        }
        if (present.containsKey(key)) {
            throw new IllegalArgumentException("the dict has the key " + Names.quote(text(key)) + " twice");
        }
        present.put(key, value);
    }
}
