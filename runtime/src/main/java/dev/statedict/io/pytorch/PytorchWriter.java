package dev.statedict.io.pytorch;

import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.pickle.PickleWriter;
import dev.statedict.io.write.CoveredValues;
import dev.statedict.io.write.FileImage;
import dev.statedict.io.write.StoredDict;
import dev.statedict.io.write.StoredEntry;
import dev.statedict.io.write.Values;
import dev.statedict.io.zip.ZipWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes what {@code torch.load(weights_only=True)} reads as an {@code OrderedDict} of tensors. Tensors on one array
 * become views of one storage, so ties and overlaps stay what they are.
 */
public final class PytorchWriter {
    /** A storage to be written, and the name that tensors call it by. */
    private record NamedStorage(String name, CoveredValues covered, StoredEntry elements) {}

    private final StoredDict dict;
    private final Map<Object, NamedStorage> storages = new IdentityHashMap<>();
    private final List<NamedStorage> inOrder = new ArrayList<>();

    private PytorchWriter(StoredDict dict) {
        this.dict = dict;
        Map<Object, CoveredValues> covered = CoveredValues.of(
                dict.entries().stream().map(StoredEntry::values).toList());
        for (StoredEntry entry : dict.entries()) {
            storages.computeIfAbsent(entry.values().storage(), array -> {
                CoveredValues ofStorage = Objects.requireNonNull(covered.get(array));
                String name = Integer.toString(inOrder.size());
                NamedStorage storage = new NamedStorage(
                        name, ofStorage, new StoredEntry(entry.key(), ofStorage.values(), entry.type()));
                inOrder.add(storage);
                return storage;
            });
        }
    }

    /**
     * Lays out a file.
     *
     * @param dict what to write; entries on one array have one type
     * @return the file
     */
    public static FileImage image(StoredDict dict) {
        return new PytorchWriter(dict).archive();
    }

    private ZipWriter archive() {
        ZipWriter zip = new ZipWriter();
        zip.record("archive/data.pkl", pickle());
        zip.record("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        for (NamedStorage storage : inOrder) {
            zip.record("archive/data/" + storage.name, storage.elements);
        }
        zip.record("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        return zip;
    }

    private byte[] pickle() {
        PickleWriter pickle = new PickleWriter();
        orderedDict(pickle);
        pickle.mark();
        for (StoredEntry entry : dict.entries()) {
            pickle.text(entry.key());
            tensor(pickle, entry);
        }
        pickle.setItems();
        Map<String, String> metadata = new LinkedHashMap<>(dict.metadata());
        if (!dict.reserved().isEmpty()) {
            metadata.put(ReservedMetadata.KEY, dict.reserved().toJson());
        }
        if (!metadata.isEmpty()) {
            // state_dict._metadata[""], where PyTorch keeps what it knows of the root module
            pickle.emptyDict().mark().text("_metadata");
            orderedDict(pickle).mark().text("").emptyDict().mark();
            metadata.forEach((name, value) -> pickle.text(name).text(value));
            pickle.setItems().setItems().setItems().attributes();
        }
        return pickle.finish();
    }

    private static PickleWriter orderedDict(PickleWriter pickle) {
        return pickle.global("collections", "OrderedDict").emptyTuple().call();
    }

    /** {@code _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)}, or v3 with a dtype. */
    private void tensor(PickleWriter pickle, StoredEntry entry) {
        NamedStorage storage = storage(entry.values());
        TorchType type = TorchType.of(storage.elements.type());
        String storageClass = type.storage();
        boolean typed = storageClass != null;
        pickle.global("torch._utils", typed ? "_rebuild_tensor_v2" : "_rebuild_tensor_v3");
        pickle.mark();
        pickle.mark().sharedText("storage");
        if (storageClass != null) {
            pickle.global("torch", storageClass);
        } else {
            pickle.global("torch.storage", "UntypedStorage");
        }
        long length = typed ? storage.elements.values().numel() : storage.elements.byteCount();
        pickle.text(storage.name).sharedText("cpu").integer(length).tuple().persistent();
        pickle.integer(storage.covered.offset(entry.values()));
        integers(pickle, entry.values().shape());
        integers(pickle, entry.values().strides());
        orderedDict(pickle.no());
        if (!typed) {
            pickle.global("torch", type.dtype());
        }
        pickle.tuple().call();
    }

    private NamedStorage storage(Values values) {
        NamedStorage storage = storages.get(values.storage());
        if (storage == null) {
            throw new AssertionError("every entry has a storage");
        }
        return storage;
    }

    private static void integers(PickleWriter pickle, int[] values) {
        pickle.mark();
        for (int value : values) {
            pickle.integer(value);
        }
        pickle.tuple();
    }
}
