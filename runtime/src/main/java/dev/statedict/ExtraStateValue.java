package dev.statedict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Extra state among entries.
 *
 * @param value a {@code String}, a {@code Map<String, String>}, or null
 */
record ExtraStateValue(@Nullable Object value) {
    /** PyTorch's key for the extra state of the module at a path. */
    static String key(String modulePath) {
        return modulePath.isEmpty() ? StateAssigner.EXTRA_STATE : modulePath + '.' + StateAssigner.EXTRA_STATE;
    }

    /** The value itself when it is immutable, else an unmodifiable copy in its order. */
    static @Nullable Object copyOf(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                ? Collections.unmodifiableMap(new LinkedHashMap<>(KeyOrder.of(map)))
                : value;
    }
}
