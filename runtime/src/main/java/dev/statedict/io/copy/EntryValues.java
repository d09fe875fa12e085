package dev.statedict.io.copy;

import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.write.StoredEntry;
import dev.statedict.io.write.Values;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The elements of unread entries, each entry by itself: from where they lie, or from a tensor that is made of them. */
final class EntryValues {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private EntryValues() {}

    /** Decides what of an entry is stored. */
    interface Storing {
        StoredEntry stored(String key, Values elements) throws IOException;
    }

    /**
     * Decides of each entry, in order.
     *
     * @param unread the entries
     * @param storing is told of tied ones that they have the same elements
     * @return what is to be written
     * @throws IOException when a file cannot be read, or a tensor is not what its digest says
     */
    static List<StoredEntry> stored(UnreadEntries unread, Storing storing) throws IOException {
        StateDict standIns = unread.standIns();
        List<StoredEntry> entries = new ArrayList<>(standIns.size());
        Map<Object, Values> values = new IdentityHashMap<>();
        for (Map.Entry<String, Tensor> entry : standIns.entrySet()) {
            String key = entry.getKey();
            Values elements = values.get(TENSORS.array(entry.getValue(), 0));
            if (elements == null) {
                elements = values(unread, key, entry.getValue(), standIns.storedType(key));
                verify(unread.source(entry.getValue()), elements);
                values.put(TENSORS.array(entry.getValue(), 0), elements);
            }
            entries.add(storing.stored(key, elements));
        }
        return entries;
    }

    private static Values values(UnreadEntries unread, String key, Tensor standIn, StoredType type) {
        Source source = unread.source(standIn);
        if (source instanceof Source.Stored stored) {
            FileTensor tensor = stored.tensor();
            LoadedValues.Spans spans = (first, length) ->
                    new StreamedValues(stored.origin(), stored.key(), tensor.storage(), first, length, (int)
                            Math.min(length, Integer.MAX_VALUE));
            if (tensor.storage().isSequential()) {
                // several threads, each with another piece, would have it begin anew time and again
                LoadedValues.Layout inOrder = new LoadedValues.Layout(
                        tensor.storage(), 0, tensor.shape(), FileTensor.contiguousStrides(tensor.shape()));
                return new LoadedValues(stored.key(), inOrder, type, () -> read(stored), null);
            }
            if (tensor.isContiguous()) {
                return new StreamedValues(
                        stored.origin(),
                        stored.key(),
                        tensor.storage(),
                        tensor.offset(),
                        tensor.numel(),
                        tensor.shape());
            }
            LoadedValues.Layout layout =
                    new LoadedValues.Layout(tensor.storage(), tensor.offset(), tensor.shape(), tensor.strides());
            return new LoadedValues(stored.key(), layout, type, () -> read(stored), spans);
        }
        int[] shape = standIn.shape();
        LoadedValues.Layout layout =
                new LoadedValues.Layout(TENSORS.array(standIn, 0), 0, shape, FileTensor.contiguousStrides(shape));
        return new LoadedValues(key, layout, type, () -> unread.made(standIn), null);
    }

    /** Reads what has a digest once before it is copied: pieces that come in any order have none. */
    private static void verify(Source source, Values values) throws IOException {
        if (source instanceof Source.Stored stored
                && !stored.tensor().storage().isSequential()
                && stored.origin().hasDigest(stored.key())) {
            StoredType type = stored.tensor().storage().type();
            String found = new StoredEntry(stored.key(), values, type).digest();
            stored.origin().requireDigest(stored.key(), found);
        }
    }

    /** A tensor of a file, checked as all that are read. */
    static Tensor read(Source.Stored stored) throws IOException {
        return Objects.requireNonNull(
                stored.origin().read(Map.of(stored.key(), stored.tensor())).get(stored.key()));
    }
}
