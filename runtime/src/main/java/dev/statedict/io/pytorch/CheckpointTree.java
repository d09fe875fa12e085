package dev.statedict.io.pytorch;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.pickle.PickledDict;
import dev.statedict.io.pickle.PickledSequence;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dicts within dicts of a checkpoint, laid flat: tensors and plain values by dotted path, and what PyTorch and we
 * ourselves keep beside them. A pickle of a few bytes can describe a circle or an exponential number of paths, so depth
 * and the length of all paths together are limited.
 */
final class CheckpointTree {
    private static final int MAX_DEPTH = 64;
    private static final long MAX_CHARACTERS = 100_000_000;
    private static final Set<Class<?>> PLAIN =
            Set.of(Boolean.class, Long.class, BigInteger.class, Double.class, String.class);
    private static final String EXTRA_STATE = "_extra_state";

    private final Map<String, PickledTensor> tensors = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Integer> versions = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> extraState = new LinkedHashMap<>();
    private final Map<String, String> digests = new LinkedHashMap<>();
    private long characters;

    private CheckpointTree() {}

    static CheckpointTree of(@Nullable Object root) throws FormatException {
        if (!(root instanceof PickledDict) && !(root instanceof PickledSequence)) {
            throw new FormatException("it holds no dict but "
                    + (root instanceof PickledTensor ? "a tensor; save {\"name\": tensor}" : "a plain value"));
        }
        CheckpointTree tree = new CheckpointTree();
        tree.visit("", root, 0);
        return tree;
    }

    Map<String, PickledTensor> tensors() {
        return tensors;
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    ReservedMetadata reserved() {
        return new ReservedMetadata(versions, extraState, digests);
    }

    private void visit(String path, @Nullable Object value, int depth) throws FormatException {
        count(path, depth);
        if (value instanceof PickledTensor tensor) {
            requireNew(values, path);
            requireNew(tensors, path);
            tensors.put(path, tensor);
        } else if (value instanceof PickledDict dict) {
            visitDict(path, dict, depth);
        } else if (value instanceof PickledSequence sequence && holdsTensor(sequence.elements(), depth)) {
            int index = 0;
            for (Object element : sequence.elements()) {
                visit(join(path, Integer.toString(index++)), element, depth + 1);
            }
        } else {
            requireNew(tensors, path);
            put(values, path, plain(path, value, depth));
        }
    }

    private void visitDict(String path, PickledDict dict, int depth) throws FormatException {
        takeMetadata(path, dict);
        if (dict.items().isEmpty() && !path.isEmpty()) {
            put(values, path, Map.of());
        }
        for (Map.Entry<Object, @Nullable Object> item : dict.items().entrySet()) {
            String child = join(path, item.getKey().toString());
            if (!takeExtraState(child, item.getValue())) {
                visit(child, item.getValue(), depth + 1);
            }
        }
    }

    /** A module's extra state is an entry in PyTorch; here it is taken out if it is text, by name or not, or None. */
    private boolean takeExtraState(String path, @Nullable Object value) throws FormatException {
        boolean named = path.equals(EXTRA_STATE) || path.endsWith("." + EXTRA_STATE);
        boolean text = value == null
                || value instanceof String
                || (value instanceof PickledDict dict
                        && dict.items().entrySet().stream()
                                .allMatch(
                                        item -> item.getKey() instanceof String && item.getValue() instanceof String));
        if (!named || !text) {
            return false;
        }
        String module = path.equals(EXTRA_STATE) ? "" : path.substring(0, path.length() - EXTRA_STATE.length() - 1);
        put(extraState, module, plain(path, value, 0));
        return true;
    }

    /** {@code state_dict._metadata[""]}: its texts are metadata, the reserved one among them. */
    private void takeMetadata(String path, PickledDict dict) throws FormatException {
        PickledDict attributes = dict.attributes();
        if (attributes == null
                || !(attributes.get("_metadata") instanceof PickledDict byModule)
                || !(byModule.get("") instanceof PickledDict ofRoot)) {
            return;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<Object, @Nullable Object> item : ofRoot.items().entrySet()) {
            if (item.getKey() instanceof String name && item.getValue() instanceof String text) {
                count(text, 0);
                texts.put(name, text);
            }
        }
        ReservedMetadata reserved = ReservedMetadata.take(texts);
        reserved.versions().forEach((module, version) -> versions.put(joinModule(path, module), version));
        for (Map.Entry<String, @Nullable Object> entry : reserved.extraState().entrySet()) {
            put(extraState, joinModule(path, entry.getKey()), entry.getValue());
        }
        reserved.digests().forEach((key, digest) -> digests.put(join(path, key), digest));
        if (path.isEmpty()) {
            metadata.putAll(texts);
        }
    }

    private boolean holdsTensor(Collection<@Nullable Object> elements, int depth) throws FormatException {
        count("", depth);
        for (Object element : elements) {
            if (element instanceof PickledTensor
                    || (element instanceof PickledSequence inner && holdsTensor(inner.elements(), depth + 1))
                    || (element instanceof PickledDict dict
                            && holdsTensor(dict.items().values(), depth + 1))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object plain(String path, @Nullable Object value, int depth) throws FormatException {
        count("", depth);
        if (value instanceof PickledSequence sequence) {
            List<@Nullable Object> elements =
                    new ArrayList<>(sequence.elements().size());
            for (Object element : sequence.elements()) {
                elements.add(plain(path, element, depth + 1));
            }
            return Collections.unmodifiableList(elements);
        }
        if (value instanceof PickledDict dict) {
            Map<String, @Nullable Object> items = new LinkedHashMap<>();
            for (Map.Entry<Object, @Nullable Object> item : dict.items().entrySet()) {
                put(items, item.getKey().toString(), plain(path, item.getValue(), depth + 1));
            }
            return Collections.unmodifiableMap(items);
        }
        if (value == null || PLAIN.contains(value.getClass()) || value instanceof ByteBuffer) {
            return value;
        }
        String dtype = TorchGlobals.dtypeName(value);
        if (dtype == null) {
            throw new FormatException(Names.quote(path) + " is neither a tensor, a dict nor a plain value");
        }
        return dtype;
    }

    private void put(Map<String, @Nullable Object> map, String path, @Nullable Object value) throws FormatException {
        requireNew(map, path);
        map.put(path, value);
    }

    private static void requireNew(Map<String, ?> map, String path) throws FormatException {
        if (map.containsKey(path)) {
            throw new FormatException("the path " + Names.quote(path) + " is there twice");
        }
    }

    /** Pays for work that a pickle may ask for many times over. */
    private void count(String text, int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw new FormatException("it is nested deeper than " + MAX_DEPTH + " levels, or in a circle");
        }
        characters += text.length() + 1L;
        if (characters > MAX_CHARACTERS) {
            throw FormatException.of("its paths and texts have more than %,d characters", MAX_CHARACTERS);
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String joinModule(String path, String module) {
        return module.isEmpty() ? path : join(path, module);
    }
}
