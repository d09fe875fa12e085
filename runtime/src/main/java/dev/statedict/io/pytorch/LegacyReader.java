package dev.statedict.io.pytorch;

import dev.statedict.StoredType;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.pickle.PickleInput;
import dev.statedict.io.pickle.PickledSequence;
import dev.statedict.io.pickle.Unpickler;
import dev.statedict.io.pytorch.PickledTensor.Storage;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.FileStorage;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens what {@code torch.save} wrote before PyTorch 1.6, and writes with {@code
 * _use_new_zipfile_serialization=False}: five pickles in a row (a magic number, a version, facts about the system, the
 * object, the names of its storages), then for each storage its length and its elements, always little-endian.
 */
public final class LegacyReader {
    /** The pickle of {@link #MAGIC}, with which every such file begins, behind its protocol. */
    private static final byte[] BEGINNING = {
        (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19, '.'
    };

    private static final byte PROTO = (byte) 0x80;
    private static final byte FRAME = (byte) 0x95;
    private static final int FRAME_BYTES = 9;
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;

    private final FileBytes file;
    private final PickleInput input;
    private final TorchGlobals globals = new TorchGlobals();
    private final Map<String, Long> positions = new HashMap<>();

    private LegacyReader(FileBytes file) {
        this.file = file;
        this.input = new PickleInput(file, 0, file.length());
    }

    /**
     * Whether a file begins with the magic number.
     *
     * @param file the file
     * @return whether it does
     * @throws IOException when it cannot be read
     */
    public static boolean recognizes(FileBytes file) throws IOException {
        if (file.length() < FRAME_BYTES + BEGINNING.length + 2) {
            return false;
        }
        byte[] start = file.read(0, FRAME_BYTES + BEGINNING.length + 2).array();
        // protocol 4 puts a frame around it, and is refused by the instruction for that
        int at = start[2] == FRAME ? 2 + FRAME_BYTES : 2;
        return start[0] == PROTO && Arrays.equals(start, at, at + BEGINNING.length, BEGINNING, 0, BEGINNING.length);
    }

    /**
     * Reads the pickles and where the storages lie.
     *
     * @param file the file; closed with the content
     * @return its content, in the order of its dicts
     * @throws IOException when it cannot be read, breaks a rule of the format, or names what is not on the closed list
     */
    public static FileContent open(FileBytes file) throws IOException {
        LegacyReader reader = new LegacyReader(file);
        reader.expect("the magic number", MAGIC);
        reader.expect("the version of the format", PROTOCOL);
        // the byte order of the machine that wrote is among these facts, and means nothing for the storages
        reader.unpickle();
        long start = reader.input.position();
        Object root = reader.unpickle();
        CheckpointTree tree = CheckpointTree.of(root, reader.input.position() - start);
        reader.locate(reader.unpickle());
        return PytorchReader.content(file, tree, reader::storage);
    }

    private void expect(String what, Object value) throws IOException {
        Object found = unpickle();
        if (!value.equals(found)) {
            throw new FormatException("expected " + value + " as " + what);
        }
    }

    private @Nullable Object unpickle() throws IOException {
        return Unpickler.read(input, globals);
    }

    private void locate(@Nullable Object keys) throws IOException {
        if (!(keys instanceof PickledSequence list)) {
            throw new FormatException("expected a list of the names of storages behind the object");
        }
        long position = input.position();
        for (Object key : list.elements()) {
            Storage reference = key instanceof String name ? globals.storages().get(name) : null;
            if (reference == null || positions.containsKey(reference.key())) {
                throw new FormatException(
                        "the list of storages names one that is not among the tensors', or one twice");
            }
            file.require(position, Long.BYTES);
            long numel = file.read(position, Long.BYTES).getLong(0);
            if (numel != reference.numel()) {
                throw FormatException.of(
                        "the storage %s has %,d elements, at offset %,d it has %,d",
                        Names.quote(reference.key()), reference.numel(), position, numel);
            }
            position += Long.BYTES;
            positions.put(reference.key(), position);
            int size = reference.type() == null ? 1 : reference.type().size();
            if (numel < 0 || numel > (file.length() - position) / size) {
                throw FormatException.of(
                        "expected %,d elements of %d bytes at offset %,d, the file has %,d",
                        numel, size, position, file.length());
            }
            position += numel * size;
        }
        if (position != file.length()) {
            throw FormatException.of("the storages end at offset %,d, the file has %,d bytes", position, file.length());
        }
    }

    private FileStorage storage(Storage reference, StoredType type) throws FormatException {
        Long position = positions.get(reference.key());
        if (position == null) {
            throw new FormatException("the storage " + Names.quote(reference.key()) + " is missing");
        }
        int size = StoredElements.of(type).size();
        long numel = reference.type() == null ? reference.numel() / size : reference.numel();
        return new FileStorage(file, position, numel, type, ByteOrder.LITTLE_ENDIAN);
    }
}
