package dev.statedict.io.pytorch;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.pickle.PickledDict;
import dev.statedict.io.pickle.PickledSequence;
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

/**
 * The dicts within dicts of a checkpoint, laid flat: tensors and plain values by dotted path, and what PyTorch and we
 * ourselves keep beside them. What a few bytes of a pickle can ask for many times over, by dicts that lie in several others,
 * is paid for from a budget that the length of the pickle gives.
 */
final class CheckpointTree {
    /** How many characters of paths and texts a small pickle may ask for, and how many more for each of its bytes. */
    private static final long CHARACTERS = 2_000_000;

    private static final long CHARACTERS_PER_BYTE = 40;

    /** What keeping a path costs beside its characters. */
    private static final long ENTRY = 64;

    private static final Set<Class<?>> PLAIN =
            Set.of(Boolean.class, Long.class, BigInteger.class, Double.class, String.class);
    private static final String EXTRA_STATE = "_extra_state";

    private final Map<String, PickledTensor> tensors = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Integer> versions = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> extraState = new LinkedHashMap<>();
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final Map<Object, Object> plainValues = new IdentityHashMap<>();
    private final Nesting nesting;
    private final long pickleBytes;
    private long characters;

    private CheckpointTree(Nesting nesting, long pickleBytes) {
        this.nesting = nesting;
        this.pickleBytes = pickleBytes;
    }

    /**
     * Lays a checkpoint flat.
     *
     * @param root what its pickle gave
     * @param pickleBytes the length of the pickle
     */
    static CheckpointTree of(@Nullable Object root, long pickleBytes) throws FormatException {
        if (!(root instanceof PickledDict) && !(root instanceof PickledSequence)) {
            throw new FormatException("it holds no dict but "
                    + (root instanceof PickledTensor ? "a tensor; save {\"name\": tensor}" : "a plain value"));
        }
        CheckpointTree tree = new CheckpointTree(Nesting.of(root, pickleBytes), pickleBytes);
        tree.visit("", root);
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

    private void visit(String path, @Nullable Object value) throws FormatException {
        pay(path.length() + ENTRY);
        if (value instanceof PickledTensor tensor) {
            requireNew(values, path);
            requireNew(tensors, path);
            tensors.put(path, tensor);
        } else if (value instanceof PickledDict dict) {
            visitDict(path, dict);
        } else if (value instanceof PickledSequence sequence && nesting.hasTensor(sequence)) {
            int index = 0;
            for (Object element : sequence.elements()) {
                visit(join(path, Integer.toString(index++)), element);
            }
        } else {
            requireNew(tensors, path);
            put(values, path, plain(path, value));
        }
    }

    private void visitDict(String path, PickledDict dict) throws FormatException {
        takeMetadata(path, dict);
        if (dict.items().isEmpty() && !path.isEmpty()) {
            put(values, path, Map.of());
        }
        for (Map.Entry<Object, @Nullable Object> item : dict.items().entrySet()) {
            String child = join(path, item.getKey().toString());
            if (!takeExtraState(child, item.getValue())) {
                visit(child, item.getValue());
            }
        }
    }

    /** A module's extra state is an entry in PyTorch; here it is taken out if it is text, by name or not, or None. */
    private boolean takeExtraState(String path, @Nullable Object value) throws FormatException {
        boolean named = path.equals(EXTRA_STATE) || path.endsWith("." + EXTRA_STATE);
        if (!named || !isText(value)) {
            return false;
        }
        // a dict of texts is copied for each module that has it
        pay(path.length() + (value instanceof PickledDict dict ? dict.items().size() : 1) * ENTRY);
        String module = path.equals(EXTRA_STATE) ? "" : path.substring(0, path.length() - EXTRA_STATE.length() - 1);
        put(extraState, module, plain(path, value));
        return true;
    }

    private static boolean isText(@Nullable Object value) {
        if (value instanceof PickledDict dict) {
            return dict.items().entrySet().stream()
                    .allMatch(item -> item.getKey() instanceof String && item.getValue() instanceof String);
        }
        return value == null || value instanceof String;
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
            pay(ENTRY);
            if (item.getKey() instanceof String name && item.getValue() instanceof String text) {
                pay(text.length());
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

    /** A plain value; of a list or dict that lies in several places there is one. */
    private @Nullable Object plain(String path, @Nullable Object value) throws FormatException {
        if (value == null || PLAIN.contains(value.getClass()) || value instanceof ByteBuffer) {
            return value;
        }
        Object known = plainValues.get(value);
        if (known != null) {
            return known;
        }
        Object plain = convert(path, value);
        plainValues.put(value, plain);
        return plain;
    }

    private Object convert(String path, Object value) throws FormatException {
        if (value instanceof PickledSequence sequence) {
            List<@Nullable Object> elements =
                    new ArrayList<>(sequence.elements().size());
            for (Object element : sequence.elements()) {
                elements.add(plain(path, element));
            }
            return Collections.unmodifiableList(elements);
        }
        if (value instanceof PickledDict dict) {
            Map<String, @Nullable Object> items = new LinkedHashMap<>();
            for (Map.Entry<Object, @Nullable Object> item : dict.items().entrySet()) {
                put(items, item.getKey().toString(), plain(path, item.getValue()));
            }
            return Collections.unmodifiableMap(items);
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
    private void pay(long cost) throws FormatException {
        characters += cost;
        long most = CHARACTERS + CHARACTERS_PER_BYTE * pickleBytes;
        if (characters > most) {
            throw FormatException.of(
                    "its paths and texts have more than %,d characters, the most for a pickle of %,d bytes",
                    most, pickleBytes);
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String joinModule(String path, String module) {
        return module.isEmpty() ? path : join(path, module);
    }
}
