package dev.statedict.io.numpy;

import dev.statedict.StoredType;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.write.FileImage;
import dev.statedict.io.write.StoredDict;
import dev.statedict.io.write.StoredEntry;
import dev.statedict.io.write.TensorWriter;
import dev.statedict.io.write.Values;
import dev.statedict.io.zip.ZipWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what {@code numpy.load} reads: an array to the byte as {@code numpy.save}, in an archive as {@code numpy.savez}. */
public final class NumpyWriter {
    private NumpyWriter() {}

    /**
     * Whether NumPy has a type. What it lacks is written as the type in memory, of which digests must then be too.
     *
     * @param type the type of an entry
     * @return whether NumPy reads it
     */
    public static boolean knows(StoredType type) {
        return Dtype.descr(type) != null;
    }

    /**
     * The entry as a type that NumPy has.
     *
     * @param entry of any type
     * @return it, or if it is of floats that NumPy lacks, as those that hold them
     */
    public static StoredEntry known(StoredEntry entry) {
        return knows(entry.type())
                ? entry
                : new StoredEntry(
                        entry.key(),
                        entry.values(),
                        StoredType.of(entry.elements().inMemory()));
    }

    /**
     * Lays out an archive of arrays.
     *
     * @param dict what to write
     * @param requested the type that was asked for, if any
     * @return the file
     * @throws IllegalArgumentException when NumPy has no such type, or there is too much beside the arrays
     */
    public static FileImage archive(StoredDict dict, @Nullable StoredType requested) {
        refuse(requested);
        ZipWriter zip = new ZipWriter();
        for (StoredEntry stored : dict.entries()) {
            StoredEntry entry = known(stored);
            boolean isFortran = isFortran(entry.values());
            zip.record(entry.key() + NumpyReader.SUFFIX, header(entry, isFortran), inOrder(entry, isFortran));
        }
        Map<String, String> texts = new LinkedHashMap<>(dict.metadata());
        if (!dict.reserved().isEmpty()) {
            texts.put(ReservedMetadata.KEY, dict.reserved().toJson());
        }
        zip.comment(ArchiveComment.of(texts));
        return zip;
    }

    /**
     * Lays out a file of one array, whose name is lost.
     *
     * @param dict what to write
     * @param requested the type that was asked for, if any
     * @return the file
     * @throws IllegalArgumentException when NumPy has no such type, there is another number of entries than one, or anything
     *     beside them
     */
    public static FileImage array(StoredDict dict, @Nullable StoredType requested) {
        refuse(requested);
        if (dict.entries().size() != 1) {
            throw new IllegalArgumentException("an .npy file holds one array, not "
                    + dict.entries().size() + "; save as .npz, or one entry alone");
        }
        ReservedMetadata reserved = dict.reserved();
        boolean isCurrent = reserved.versions().values().stream().allMatch(version -> version == 1);
        if (!dict.metadata().isEmpty()
                || !reserved.extraState().isEmpty()
                || !reserved.digests().isEmpty()
                || !isCurrent) {
            throw new IllegalArgumentException("an .npy file holds nothing beside its array: no extra state, versions,"
                    + " metadata or digests; save as .npz");
        }
        StoredEntry entry = known(dict.entries().get(0));
        boolean isFortran = isFortran(entry.values());
        TensorWriter writer = new TensorWriter(false);
        writer.add(header(entry, isFortran));
        writer.add(inOrder(entry, isFortran));
        return writer;
    }

    private static void refuse(@Nullable StoredType requested) {
        if (requested != null && !knows(requested)) {
            throw new IllegalArgumentException(
                    "NumPy has no " + requested + "; store as F32, F16 or F64, or save as .safetensors");
        }
    }

    private static byte[] header(StoredEntry entry, boolean isFortran) {
        String descr = Dtype.descr(entry.type());
        if (descr == null) {
            throw new AssertionError(Names.quote(entry.key()) + " is of a type that NumPy has");
        }
        return ArrayHeader.of(descr, isFortran, entry.values().shape());
    }

    /** Whether elements lie in column-major order and not in row-major order too. */
    private static boolean isFortran(Values values) {
        int[] shape = values.shape();
        int[] strides = values.strides();
        return values.numel() > 0 && !isRowMajor(shape, strides) && isRowMajor(reversed(shape), reversed(strides));
    }

    private static boolean isRowMajor(int[] shape, int[] strides) {
        int expected = 1;
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            // along a dimension of size 1 no stride is ever taken
            if (shape[dim] != 1 && strides[dim] != expected) {
                return false;
            }
            expected *= shape[dim];
        }
        return true;
    }

    private static int[] reversed(int[] numbers) {
        int[] reversed = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            reversed[i] = numbers[numbers.length - 1 - i];
        }
        return reversed;
    }

    private static StoredEntry inOrder(StoredEntry entry, boolean isFortran) {
        Values values = entry.values();
        return isFortran
                ? new StoredEntry(entry.key(), values.span(values.offset(), values.numel()), entry.type())
                : entry;
    }
}
