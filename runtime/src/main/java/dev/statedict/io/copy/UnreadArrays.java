package dev.statedict.io.copy;

import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.codec.ArrayType;
import dev.statedict.codec.CodedEntry;
import dev.statedict.codec.CodedTensor;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.read.FileStorage;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.write.Values;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The arrays that unread entries would lie on once they were read, and the ways through them: for a format that keeps both.
 * None of them is there. An object stands for each, which says by its identity which tensors are tied or overlap, and its
 * elements are read when they are written.
 *
 * <p>How it lies is known of a tensor that a mapping makes only when it is made: so each is, once, and forgotten again.
 */
public final class UnreadArrays {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private final List<CodedEntry> entries = new ArrayList<>();
    private final Map<Object, Values> values = new IdentityHashMap<>();

    private UnreadArrays() {}

    /**
     * Finds out how entries would lie.
     *
     * @param unread the entries
     * @return their arrays
     * @throws IOException when a file cannot be read
     * @throws IllegalArgumentException when a mapping casts to a type that does not hold every element
     */
    public static UnreadArrays of(UnreadEntries unread) throws IOException {
        UnreadArrays arrays = new UnreadArrays();
        StateDict standIns = unread.standIns();
        Map<FileStorage, Cover> covers = new LinkedHashMap<>();
        for (Tensor standIn : standIns.values()) {
            if (unread.source(standIn) instanceof Source.Stored stored) {
                covers.computeIfAbsent(stored.tensor().storage(), storage -> new Cover(stored))
                        .add(stored);
            }
        }
        for (Cover cover : covers.values()) {
            arrays.values.put(cover, cover.values());
        }
        Map<Object, CodedTensor> made = new IdentityHashMap<>();
        for (Map.Entry<String, Tensor> entry : standIns.entrySet()) {
            String key = entry.getKey();
            CodedTensor coded;
            if (unread.source(entry.getValue()) instanceof Source.Stored stored) {
                coded = Objects.requireNonNull(covers.get(stored.tensor().storage()))
                        .coded(stored.tensor());
            } else {
                Object array = TENSORS.array(entry.getValue(), 0);
                CodedTensor before = made.get(array);
                coded = before != null ? before : arrays.made(key, unread, entry.getValue());
                made.put(array, coded);
            }
            arrays.entries.add(new CodedEntry(
                    key,
                    coded,
                    standIns.role(key).name(),
                    standIns.storedType(key).name()));
        }
        return arrays;
    }

    private CodedTensor made(String key, UnreadEntries unread, Tensor standIn) throws IOException {
        CodedTensor coded = TENSORS.coded(LoadedValues.load(key, () -> unread.made(standIn)));
        int length = (int) (coded.end() - coded.offset());
        Object array = TENSORS.array(standIn, 0);
        values.put(array, line(key, array, coded.type(), length, () -> {
            Tensor made = unread.made(standIn);
            return TENSORS.strided(TENSORS.array(made, 0), coded.offset(), new int[] {length}, new int[] {1});
        }));
        return new CodedTensor(coded.type(), new Object[] {array}, false, 0, 0, coded.shape(), coded.strides());
    }

    /** Elements that are loaded together, one behind the other. */
    private static Values line(String key, Object array, ArrayType type, int length, LoadedValues.Loading loading) {
        LoadedValues.Layout layout = new LoadedValues.Layout(array, 0, new int[] {length}, new int[] {1});
        return new LoadedValues(key, layout, StoredType.valueOf(type.name()), loading, null);
    }

    /** What of a storage tensors cover together: it stands for the array that would hold that. */
    private static final class Cover {
        private final Source.Stored first;
        private final ArrayType type;
        private final Map<String, FileTensor> tensors = new LinkedHashMap<>();
        private long start = Long.MAX_VALUE;
        private long end;

        Cover(Source.Stored first) {
            this.first = first;
            this.type = ArrayType.valueOf(
                    first.tensor().storage().elements().inMemory().name());
        }

        void add(Source.Stored stored) {
            FileTensor tensor = stored.tensor();
            tensors.put(stored.key(), tensor);
            if (tensor.numel() > 0) {
                start = Math.min(start, tensor.offset());
                end = Math.max(end, tensor.end());
            }
        }

        Values values() throws IOException {
            FileStorage storage = first.tensor().storage();
            long length = Math.max(end - start, 0);
            try {
                storage.requireArray(first.key(), length);
            } catch (FormatException tooLong) {
                throw first.origin().named(tooLong);
            }
            if (storage.isSequential()) {
                // several threads, each with another piece, would have it begin anew time and again
                return line(first.key(), this, type, (int) length, this::load);
            }
            return new StreamedValues(first.origin(), first.key(), storage, Math.min(start, end), length, (int) length);
        }

        private Tensor load() throws IOException {
            Tensor any = first.origin().read(tensors).values().iterator().next();
            return TENSORS.strided(TENSORS.array(any, 0), 0, new int[] {(int) Math.max(end - start, 0)}, new int[] {1});
        }

        CodedTensor coded(FileTensor tensor) {
            int offset = tensor.numel() == 0 ? 0 : (int) (tensor.offset() - start);
            return new CodedTensor(type, new Object[] {this}, false, 0, offset, tensor.shape(), tensor.strides());
        }
    }

    /** {@return the entries in order, each on what stands for its array} */
    public List<CodedEntry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /**
     * The elements of an array that is not there.
     *
     * @param array what stands for it
     * @return all that tensors cover of it, in order, read when they are copied
     */
    public Values values(Object array) {
        return Objects.requireNonNull(values.get(array));
    }
}
