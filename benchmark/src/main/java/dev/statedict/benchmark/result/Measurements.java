package dev.statedict.benchmark.result;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was measured, by name, in the order in which it was. */
public final class Measurements {
    private final Map<String, Value> values = new LinkedHashMap<>();

    /**
     * Adds a measurement; a later one of a name takes the place of an earlier.
     *
     * @param name what was measured
     * @param value what came out
     */
    public void put(String name, Value value) {
        values.put(name, value);
    }

    /**
     * Looks a measurement up.
     *
     * @param name what was measured
     * @return what came out, or nothing if it was not measured
     */
    public Optional<Value> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** {@return all of them, in a copy} */
    public Map<String, Value> asMap() {
        return new LinkedHashMap<>(values);
    }
}
