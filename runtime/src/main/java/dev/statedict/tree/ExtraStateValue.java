package dev.statedict.tree;

import dev.statedict.StateAssigner;
import dev.statedict.StateDictBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Extra state among entries.
 *
 * @param value a {@code String}, an unmodifiable {@code Map<String, String>}, or null
 */
public record ExtraStateValue(@Nullable Object value) {
    /** PyTorch's key for the extra state of the module at a path. */
    public static String key(String modulePath) {
        return ModulePath.prefix(modulePath) + StateAssigner.EXTRA_STATE;
    }

    /** Whether a key is that of some module's extra state. */
    public static boolean isKey(String key) {
        return key.equals(key(ModulePath.modulePath(key)));
    }

    /** The keys of extra state that differs, or that only one of two dicts has. */
    public static List<String> differing(Map<String, @Nullable Object> first, Map<String, @Nullable Object> second) {
        Set<String> paths = new LinkedHashSet<>(first.keySet());
        paths.addAll(second.keySet());
        return paths.stream()
                .filter(path -> !first.containsKey(path)
                        || !second.containsKey(path)
                        || !Objects.equals(first.get(path), second.get(path)))
                .map(ExtraStateValue::key)
                .toList();
    }

    /**
     * The value itself when it is immutable, else an unmodifiable copy in its order.
     *
     * @throws IllegalArgumentException when a map holds anything but strings
     */
    public static @Nullable Object copyOf(String modulePath, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, String> copy = new LinkedHashMap<>();
        KeyOrder.of(map).forEach((name, text) -> {
            if (!(name instanceof String) || !(text instanceof String)) {
                throw new IllegalArgumentException("the extra state \"" + key(modulePath)
                        + "\" must map strings to strings, not " + name + " to " + text);
            }
            copy.put((String) name, (String) text);
        });
        return Collections.unmodifiableMap(copy);
    }

    /** Adds the value to a dict, as that of the module at a path. */
    public void addTo(StateDictBuilder builder, String modulePath) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> texts = new LinkedHashMap<>();
            map.forEach((name, text) -> texts.put((String) name, (String) text));
            builder.extraState(modulePath, texts);
        } else {
            builder.extraState(modulePath, (String) value);
        }
    }

    /** The value as a module may keep it: a map is its own, to go on changing. */
    @Nullable
    public Object forModule() {
        return value instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : value;
    }
}
