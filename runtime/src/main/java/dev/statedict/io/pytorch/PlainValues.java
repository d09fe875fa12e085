package dev.statedict.io.pytorch;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.pickle.PickledDict;
import dev.statedict.io.pickle.PickledSequence;
import dev.statedict.tree.ModulePath;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes values of Java of what a pickle has beside tensors. Of a list or dict that lies in several places there is one. */
final class PlainValues {
    private static final Set<Class<?>> PLAIN =
            Set.of(Boolean.class, Long.class, BigInteger.class, Double.class, String.class);

    private final Map<Object, Object> converted = new IdentityHashMap<>();

    /** Whether a value that is no container is plain. */
    static boolean isPlain(@Nullable Object value) {
        return value == null
                || PLAIN.contains(value.getClass())
                || value instanceof ByteBuffer
                || value instanceof TorchType;
    }

    /**
     * Converts a value.
     *
     * @param path where it lies, for messages
     * @param value plain, or a container of such
     */
    @Nullable
    Object of(String path, @Nullable Object value) throws FormatException {
        if (value == null || PLAIN.contains(value.getClass()) || value instanceof ByteBuffer) {
            return value;
        }
        // to remember an empty one would take a hundred times the byte that it is in a file
        if (value instanceof PickledSequence sequence && sequence.elements().isEmpty()) {
            return Collections.emptyList();
        }
        if (value instanceof PickledDict dict && dict.items().isEmpty()) {
            return Collections.emptyMap();
        }
        Object known = converted.get(value);
        if (known != null) {
            return known;
        }
        Object plain = convert(path, value);
        converted.put(value, plain);
        return plain;
    }

    private Object convert(String path, Object value) throws FormatException {
        if (value instanceof PickledSequence sequence) {
            List<@Nullable Object> elements =
                    new ArrayList<>(sequence.elements().size());
            for (Object element : sequence.elements()) {
                elements.add(of(path, element));
            }
            return Collections.unmodifiableList(elements);
        }
        if (value instanceof PickledDict dict) {
            Map<String, @Nullable Object> items = new LinkedHashMap<>();
            for (Map.Entry<Object, @Nullable Object> item : dict.items().entrySet()) {
                String name = PickledDict.text(item.getKey());
                if (items.containsKey(name)) {
                    throw new FormatException(
                            "the path " + Names.quote(ModulePath.prefix(path) + name) + " is there twice");
                }
                items.put(name, of(path, item.getValue()));
            }
            return Collections.unmodifiableMap(items);
        }
        return value.toString();
    }
}
