package dev.statedict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What extra state may be: a {@code String}, a {@code Map<String, String>}, or null. */
final class ExtraStateValue {
    private ExtraStateValue() {}

    /** The value itself when it is immutable, else an unmodifiable copy in its order. */
    static @Nullable Object copyOf(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                ? Collections.unmodifiableMap(new LinkedHashMap<>(KeyOrder.of(map)))
                : value;
    }
}
