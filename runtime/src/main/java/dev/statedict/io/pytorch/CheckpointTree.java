package dev.statedict.io.pytorch;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.pickle.PickledDict;
import dev.statedict.io.pickle.PickledSequence;
import dev.statedict.io.read.ForeignItem;
import dev.statedict.tree.ModulePath;
import java.util.LinkedHashMap;
import java.util.Map;
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

    private static final String EXTRA_STATE = "_extra_state";

    private final Map<String, PickledTensor> tensors = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Integer> versions = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> extraState = new LinkedHashMap<>();
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final Map<String, ForeignItem> foreign = new LinkedHashMap<>();
    private final PlainValues plain = new PlainValues();
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
            throw new FormatException("it holds no dict but " + describe(root));
        }
        CheckpointTree tree = new CheckpointTree(Nesting.of(root, pickleBytes), pickleBytes);
        tree.visit("", root);
        return tree;
    }

    private static String describe(@Nullable Object root) {
        if (root instanceof PickledTensor tensor && tensor.stored() != null) {
            return "a tensor; save {\"name\": tensor}";
        }
        return root == null || PlainValues.isPlain(root)
                ? "a plain value"
                : ForeignItems.of(root).toString();
    }

    Map<String, PickledTensor> tensors() {
        return tensors;
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    Map<String, ForeignItem> foreign() {
        return foreign;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    ReservedMetadata reserved() {
        return new ReservedMetadata(versions, extraState, digests);
    }

    private void visit(String path, @Nullable Object value) throws FormatException {
        pay(path.length() + ENTRY);
        if (value instanceof PickledDict dict) {
            visitDict(path, dict);
        } else if (value instanceof PickledSequence sequence && nesting.hasEntry(sequence)) {
            int index = 0;
            for (Object element : sequence.elements()) {
                visit(ModulePath.prefix(path) + Integer.toString(index++), element);
            }
        } else {
            requireNew(path);
            if (value instanceof PickledTensor tensor && tensor.stored() != null) {
                tensors.put(path, tensor);
            } else if (value == null || value instanceof PickledSequence || PlainValues.isPlain(value)) {
                values.put(path, plain.of(path, value));
            } else {
                foreign.put(path, ForeignItems.of(value));
            }
        }
    }

    private void visitDict(String path, PickledDict dict) throws FormatException {
        takeMetadata(path, dict);
        if (dict.items().isEmpty() && !path.isEmpty()) {
            requireNew(path);
            values.put(path, Map.of());
        }
        for (Map.Entry<Object, @Nullable Object> item : dict.items().entrySet()) {
            String child = ModulePath.prefix(path) + PickledDict.text(item.getKey());
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
        putExtraState(module, plain.of(path, value));
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
            putExtraState(joinModule(path, entry.getKey()), entry.getValue());
        }
        reserved.digests().forEach((key, digest) -> digests.put(ModulePath.prefix(path) + key, digest));
        if (path.isEmpty()) {
            metadata.putAll(texts);
        }
    }

    private void requireNew(String path) throws FormatException {
        if (tensors.containsKey(path) || values.containsKey(path) || foreign.containsKey(path)) {
            throw twice(path);
        }
    }

    private void putExtraState(String module, @Nullable Object value) throws FormatException {
        if (extraState.containsKey(module)) {
            throw twice(joinModule(module, EXTRA_STATE));
        }
        extraState.put(module, value);
    }

    private static FormatException twice(String path) {
        return new FormatException("the path " + Names.quote(path) + " is there twice");
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

    private static String joinModule(String path, String module) {
        return module.isEmpty() ? path : ModulePath.prefix(path) + module;
    }
}
