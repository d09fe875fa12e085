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

    /** {@return the items in their order, by {@code String}, {@code Long}, {@code BigInteger} or {@code Boolean}} */
    public Map<Object, @Nullable Object> items() {
        return items == null ? Map.of() : Collections.unmodifiableMap(items);
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
     * @throws IllegalArgumentException when the key is there already, or of another type than {@link #items} says
     */
    public void put(@Nullable Object key, @Nullable Object value) {
        boolean plain =
                key instanceof String || key instanceof Long || key instanceof BigInteger || key instanceof Boolean;
        if (!plain || key == null) {
            throw new IllegalArgumentException("a key of a dict is a string, an integer or a boolean");
        }
        Map<Object, @Nullable Object> present = items;
        if (present == null) {
            present = new LinkedHashMap<>();
            items = present;
        }
        if (present.containsKey(key)) {
            throw new IllegalArgumentException("the dict has the key " + Names.quote(key.toString()) + " twice");
        }
        present.put(key, value);
    }
}
