package dev.statedict.io.pytorch;

import dev.statedict.StoredType;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.pickle.PickleInput;
import dev.statedict.io.pickle.Unpickler;
import dev.statedict.io.pytorch.PickledTensor.Storage;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.FileStorage;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.zip.ZipDirectory;
import dev.statedict.io.zip.ZipFormat;
import dev.statedict.io.zip.ZipRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32;

/** Opens what {@code torch.save} has written since PyTorch 1.6: a ZIP archive of a pickle and a record per storage. */
public final class PytorchReader {
    private static final String PICKLE = "data.pkl";

    private final FileBytes file;
    private final Map<String, ZipRecord> records;
    private final String root;
    private final ByteOrder order;

    private PytorchReader(FileBytes file) throws IOException {
        this.file = file;
        this.records = ZipDirectory.read(file);
        this.root = root();
        requirePlain();
        requireVersion();
        this.order = order();
    }

    /**
     * Whether a file begins as a ZIP archive does.
     *
     * @param file the file
     * @return whether it does
     * @throws IOException when it cannot be read
     */
    public static boolean recognizes(FileBytes file) throws IOException {
        return file.length() >= Integer.BYTES && file.read(0, Integer.BYTES).getInt(0) == ZipFormat.LOCAL_HEADER;
    }

    /**
     * Reads the directory and the pickle.
     *
     * @param file the file; closed with the content
     * @return its content, in the order of its dicts
     * @throws IOException when it cannot be read, breaks a rule of the format, or names what is not on the closed list
     */
    public static FileContent open(FileBytes file) throws IOException {
        PytorchReader reader = new PytorchReader(file);
        return content(file, reader.tree(), reader::storage);
    }

    /**
     * Whether a pickle may name something.
     *
     * @param module the Python module
     * @param name the name in it
     * @return whether it is on the closed list
     */
    public static boolean isOnTheList(String module, String name) {
        return new TorchGlobals().find(module, name) != null;
    }

    /** Finds the bytes of a storage in a file. */
    interface Storages {
        FileStorage find(Storage reference, StoredType type) throws FormatException;
    }

    /** A storage as a tensor sees it: one that has no type of its own may be seen as several. */
    private record TypedStorage(Storage reference, StoredType type) {}

    /** The content of a tree whose tensors are checked against their storages. */
    static FileContent content(FileBytes file, CheckpointTree tree, Storages storages) throws FormatException {
        Map<String, FileTensor> tensors = new LinkedHashMap<>();
        Map<TypedStorage, FileStorage> found = new HashMap<>();
        Map<PickledTensor, FileTensor> located = new IdentityHashMap<>();
        for (Map.Entry<String, PickledTensor> entry : tree.tensors().entrySet()) {
            PickledTensor tensor = entry.getValue();
            StoredType stored = tensor.stored();
            if (stored == null) {
                throw new AssertionError("such tensors are among the foreign items");
            }
            FileTensor known = located.get(tensor);
            if (known != null) {
                tensors.put(entry.getKey(), known);
                continue;
            }
            TypedStorage wanted = new TypedStorage(tensor.storage, stored);
            FileStorage storage = found.get(wanted);
            if (storage == null) {
                storage = find(entry.getKey(), wanted, storages);
                found.put(wanted, storage);
            }
            FileTensor strided = FileTensor.strided(
                    Names.quote(entry.getKey()), storage, tensor.offset, tensor.shape, tensor.strides);
            located.put(tensor, strided);
            tensors.put(entry.getKey(), strided);
        }
        return new FileContent(
                tensors, tree.metadata(), tree.values(), tree.foreign(), tree.reserved(), Set.of(), List.of(file));
    }

    private static FileStorage find(String key, TypedStorage wanted, Storages storages) throws FormatException {
        try {
            return storages.find(wanted.reference, wanted.type);
        } catch (FormatException broken) {
            throw new FormatException(Names.quote(key) + ": " + broken.getMessage());
        }
    }

    /** All records lie in one folder, that of the pickle. */
    private String root() throws FormatException {
        List<String> pickles = records.keySet().stream()
                .filter(name -> name.endsWith("/" + PICKLE) || name.equals(PICKLE))
                .toList();
        for (String pickle : pickles) {
            if (records.containsKey(folder(pickle) + "constants.pkl")) {
                throw new FormatException("a TorchScript archive, which is a program; save model.state_dict() instead");
            }
        }
        if (pickles.size() != 1) {
            throw new FormatException(
                    "expected one record " + PICKLE + " in a ZIP archive of PyTorch, found " + Names.list(pickles));
        }
        return folder(pickles.get(0));
    }

    private static String folder(String pickle) {
        return pickle.substring(0, pickle.length() - PICKLE.length());
    }

    private void requirePlain() throws FormatException {
        for (ZipRecord record : records.values()) {
            if (!record.isPlain()) {
                throw new FormatException("the record " + Names.quote(record.name())
                        + " is compressed or encrypted; torch.save stores records as they are");
            }
        }
    }

    /** PyTorch reads no archive without a version, and none beyond these. */
    private void requireVersion() throws IOException {
        ZipRecord record = records.get(root + "version");
        if (record == null) {
            throw new FormatException(
                    "the record \"version\" is missing, without which PyTorch reads no archive either;"
                            + " save again by torch.save");
        }
        String version = text(record).strip();
        if (!version.matches("[1-9]|10")) {
            throw new FormatException(
                    "the record version says " + Names.quote(version) + ", expected 1 to 10; save again by torch.save");
        }
    }

    private ByteOrder order() throws IOException {
        ZipRecord record = records.get(root + "byteorder");
        String order = record == null ? "little" : text(record);
        return switch (order) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default ->
                throw new FormatException(
                        "the record byteorder says " + Names.quote(order) + ", expected \"little\" or \"big\"");
        };
    }

    private String text(ZipRecord record) throws IOException {
        int length = (int) Math.min(record.length(), 100);
        return new String(file.read(record.position(), length).array(), StandardCharsets.UTF_8);
    }

    private CheckpointTree tree() throws IOException {
        ZipRecord record = records.get(root + PICKLE);
        if (record == null || record.length() > PickleInput.MAX_BYTES) {
            throw FormatException.of("the record data.pkl takes more than %,d bytes", PickleInput.MAX_BYTES);
        }
        long end = record.position() + record.length();
        verify(record);
        PickleInput input = new PickleInput(file, record.position(), end);
        Object result = Unpickler.read(input, new TorchGlobals());
        if (input.position() != end) {
            throw FormatException.of("the pickle ends at offset %,d, its record at offset %,d", input.position(), end);
        }
        return CheckpointTree.of(result, record.length());
    }

    private void verify(ZipRecord record) throws IOException {
        CRC32 crc = new CRC32();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        for (long done = 0; done < record.length(); done += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), record.length() - done));
            file.read(record.position() + done, buffer);
            crc.update(buffer.flip());
        }
        if (record.isSummed() && crc.getValue() != record.crc32()) {
            throw FormatException.of(
                    "the record data.pkl has CRC-32 %08x, expected %08x", crc.getValue(), record.crc32());
        }
    }

    private FileStorage storage(Storage reference, StoredType type) throws FormatException {
        ZipRecord record = records.get(root + "data/" + reference.key());
        if (record == null) {
            throw new FormatException("the storage " + Names.quote(reference.key()) + " is missing");
        }
        int size = reference.type() == null ? 1 : StoredElements.of(type).size();
        if (reference.numel() < 0 || record.length() % size != 0 || record.length() / size != reference.numel()) {
            throw FormatException.of(
                    "the storage %s has %,d elements of %d bytes, its record at offset %,d has %,d bytes",
                    Names.quote(reference.key()), reference.numel(), size, record.position(), record.length());
        }
        long numel = record.length() / StoredElements.of(type).size();
        OptionalLong crc32 = record.isSummed() ? OptionalLong.of(record.crc32()) : OptionalLong.empty();
        return new FileStorage(file, record.position(), numel, record.length(), type, order, crc32);
    }
}
