package dev.statedict.io.statedict;

import dev.statedict.Role;
import dev.statedict.StoredType;
import dev.statedict.codec.ArrayType;
import dev.statedict.codec.CodecException;
import dev.statedict.codec.CodedDict;
import dev.statedict.codec.CodedEntry;
import dev.statedict.codec.Decoder;
import dev.statedict.codec.Header;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.FileStorage;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.transfer.Progress;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens a file: reads its header, which says where each array lies. One tensor is read onto one array, also where it lay on
 * rows; the whole as it was.
 */
public final class StatedictReader {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private final FileBytes file;
    private final Header header;
    private final long dataStart;
    private final FileStorage[] storages;
    /** The number of the first array of each block. */
    private final int[] firsts;

    /** Behind the file: where the next rows begin that do not lie one behind the other in it. */
    private long behind;

    private StatedictReader(FileBytes file, Header header, long dataStart) {
        this.file = file;
        this.header = header;
        this.dataStart = dataStart;
        this.behind = file.length();
        int count = header.blocks().size();
        this.storages = new FileStorage[count];
        this.firsts = new int[count];
        int arrays = 0;
        for (int i = 0; i < count; i++) {
            Header.Block block = header.blocks().get(i);
            storages[i] = storage(file, dataStart + block.begin(), (long) block.length() * block.count(), block.type());
            firsts[i] = arrays;
            arrays += block.count();
        }
    }

    private static FileStorage storage(FileBytes file, long position, long numel, ArrayType type) {
        return new FileStorage(file, position, numel, StoredType.valueOf(type.name()), ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Whether a file begins as such a file does.
     *
     * @param file the file
     * @return whether it does
     * @throws IOException when it cannot be read
     */
    public static boolean recognizes(FileBytes file) throws IOException {
        return file.length() >= Header.START_BYTES && Header.recognizes(file.read(0, Header.START_BYTES));
    }

    /**
     * Reads the header.
     *
     * @param file the file, or a stream, of which then all tensors are read together; closed with the content
     * @return its content
     * @throws IOException when it cannot be read, or breaks a rule of the format
     */
    public static FileContent open(FileBytes file) throws IOException {
        try {
            int length = Header.jsonLength(file.read(0, Header.START_BYTES));
            Header header = Header.parse(file.read(Header.START_BYTES, length).array());
            long dataStart = Header.START_BYTES + (long) length;
            long expected = dataStart + header.dataLength();
            if (file.isStream()) {
                file.requireData(dataStart, header.dataLength());
            } else if (file.length() != expected) {
                throw FormatException.of("the header asks for %,d bytes, the file has %,d", expected, file.length());
            }
            return new StatedictReader(file, header, dataStart).content();
        } catch (CodecException broken) {
            throw new FormatException(String.valueOf(broken.getMessage()));
        }
    }

    private FileContent content() throws FormatException {
        Map<String, FileTensor> tensors = new LinkedHashMap<>();
        Map<String, FileContent.Kind> kinds = new LinkedHashMap<>();
        for (Header.Entry entry : header.entries()) {
            tensors.put(entry.key(), tensor(entry));
            kinds.put(entry.key(), kind(entry));
        }
        CodedDict.Notes notes = header.notes();
        ReservedMetadata reserved = new ReservedMetadata(notes.versions(), notes.extraState(), notes.digests());
        return new FileContent(
                tensors,
                notes.metadata(),
                Map.of(),
                Map.of(),
                reserved,
                notes.possibleTies(),
                List.of(file),
                kinds,
                this::read);
    }

    private static FileContent.Kind kind(Header.Entry entry) throws FormatException {
        return new FileContent.Kind(
                constant(entry, Role.values(), entry.role(), "role"),
                constant(entry, StoredType.values(), entry.storedType(), "stored type"));
    }

    private static <E extends Enum<E>> @Nullable E constant(
            Header.Entry entry, E[] constants, @Nullable String name, String what) throws FormatException {
        if (name == null) {
            return null;
        }
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new FormatException(
                Names.quote(entry.key()) + ": " + Names.quote(name) + " is no " + what + " that this statedict knows");
    }

    private FileTensor tensor(Header.Entry entry) {
        if (entry.arrays().isEmpty()) {
            return new FileTensor(storage(file, dataStart, 0, entry.type()), 0, entry.shape(), entry.strides());
        }
        Header.Run run = entry.arrays().get(0);
        int at = blockOf(run.first());
        Header.Block block = header.blocks().get(at);
        int inBlock = run.first() - firsts[at];
        if (entry.arrays().size() == 1 && inBlock + run.count() <= block.count()) {
            long offset = (long) inBlock * block.length() + entry.offset();
            return new FileTensor(storages[at], offset, entry.shape(), entry.strides());
        }
        ScatteredRows rows = new ScatteredRows(entry, block.length(), behind);
        long begin = behind;
        behind += rows.length() * block.type().size();
        FileBytes bytes = FileBytes.of(file.name(), behind, rows::read, () -> {});
        FileStorage storage = storage(bytes, begin, rows.length(), block.type());
        return new FileTensor(storage, entry.offset(), entry.shape(), entry.strides());
    }

    private int blockOf(int array) {
        int found = Arrays.binarySearch(firsts, array);
        return found >= 0 ? found : -found - 2;
    }

    /** Rows that do not lie one behind the other, read as if they did. */
    private final class ScatteredRows {
        private final Header.Entry entry;
        private final int rowBytes;
        private final int rowLength;
        /** How many rows there are before each run. */
        private final int[] before;

        /** The position that the first row is to have. */
        private final long first;

        private int rows;

        ScatteredRows(Header.Entry entry, int rowLength, long first) {
            this.entry = entry;
            this.first = first;
            this.rowLength = rowLength;
            this.rowBytes = rowLength * entry.type().size();
            this.before = new int[entry.arrays().size()];
            for (int i = 0; i < before.length; i++) {
                before[i] = rows;
                rows += entry.arrays().get(i).count();
            }
        }

        long length() {
            return (long) rows * rowLength;
        }

        int read(ByteBuffer target, long at) throws IOException {
            long position = at - first;
            int row = (int) (position / rowBytes);
            int from = (int) (position % rowBytes);
            int count = Math.min(target.remaining(), rowBytes - from);
            file.read(dataStart + begin(row) + from, target.slice().limit(count));
            target.position(target.position() + count);
            return count;
        }

        private long begin(int row) {
            int found = Arrays.binarySearch(before, row);
            int run = found >= 0 ? found : -found - 2;
            int array = entry.arrays().get(run).first() + row - before[run];
            int at = blockOf(array);
            return header.blocks().get(at).begin() + (long) (array - firsts[at]) * rowBytes;
        }
    }

    /** Reads everything as it was. */
    private Map<String, Tensor> read(Progress progress) throws IOException {
        progress.begin(header.dataLength());
        file.willRead(dataStart, header.dataLength());
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try {
            CodedDict read = Decoder.read(header, new FileStream(file, dataStart, progress), !file.isStream());
            for (CodedEntry entry : read.entries()) {
                tensors.put(entry.key(), TENSORS.decoded(entry.tensor()));
            }
        } catch (CodecException broken) {
            throw new FormatException(String.valueOf(broken.getMessage()));
        }
        progress.end();
        return tensors;
    }
}
