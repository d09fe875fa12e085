package dev.statedict.io.numpy;

import dev.statedict.StoredType;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.FileStorage;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.read.ForeignItem;
import dev.statedict.io.transfer.Crc32Sum;
import dev.statedict.io.zip.ZipDirectory;
import dev.statedict.io.zip.ZipFormat;
import dev.statedict.io.zip.ZipRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32;

/** Opens what {@code numpy.save}, {@code numpy.savez} and {@code numpy.savez_compressed} write, without reading an array. */
public final class NumpyReader {
    /** What an array is called that has no name: as {@code numpy.savez} calls the first. */
    static final String UNNAMED = "arr_0";

    static final String SUFFIX = ".npy";

    /** An archive without records is its end alone. */
    private static final int EMPTY_ARCHIVE = 0x06054b50;

    private final Map<String, FileTensor> tensors = new LinkedHashMap<>();
    private final Map<String, ForeignItem> foreign = new LinkedHashMap<>();
    private final FileBytes file;
    /** Behind the file: where the next array begins that does not lie in it as it is. */
    private long behind;

    private NumpyReader(FileBytes file) {
        this.file = file;
        this.behind = file.length();
    }

    /**
     * Whether a file is one array, or an archive of them.
     *
     * @param file the file
     * @return whether it begins as an array does, or as an archive that has arrays and no pickle of PyTorch's
     * @throws IOException when it cannot be read, or is an archive that is broken
     */
    public static boolean recognizes(FileBytes file) throws IOException {
        if (ArrayHeader.recognizes(file, 0, file.length())) {
            return true;
        }
        if (file.length() < ZipFormat.END_BYTES) {
            return false;
        }
        ByteBuffer start = file.read(0, (int) Math.min(file.length(), 256));
        if (start.getInt(0) == EMPTY_ARCHIVE) {
            return true;
        }
        if (start.getInt(0) != ZipFormat.LOCAL_HEADER || start.capacity() < ZipFormat.LOCAL_HEADER_BYTES) {
            return false;
        }
        // most archives tell by the name of their first record
        int nameEnd = Math.min(ZipFormat.LOCAL_HEADER_BYTES + (start.getShort(26) & 0xffff), start.capacity());
        String first = new String(start.array(), 0, nameEnd, StandardCharsets.ISO_8859_1);
        if (first.endsWith("data.pkl")) {
            return false;
        }
        if (first.endsWith(SUFFIX)) {
            return true;
        }
        Set<String> names = ZipDirectory.readCommented(file).records().keySet();
        return names.stream().noneMatch(name -> name.endsWith("data.pkl"))
                && names.stream().anyMatch(name -> name.endsWith(SUFFIX));
    }

    /**
     * Reads the headers of all arrays.
     *
     * @param file the file; closed with the content
     * @return its content, in the file's order
     * @throws IOException when it cannot be read, or breaks a rule of the format
     */
    public static FileContent open(FileBytes file) throws IOException {
        NumpyReader reader = new NumpyReader(file);
        if (ArrayHeader.recognizes(file, 0, file.length())) {
            reader.add(UNNAMED, file, 0, file.length(), OptionalLong.empty());
            return reader.content(Map.of());
        }
        ZipDirectory.Archive archive = ZipDirectory.readCommented(file);
        for (ZipRecord record : archive.records().values()) {
            reader.add(record);
        }
        return reader.content(ArchiveComment.read(archive.comment()));
    }

    private FileContent content(Map<String, String> comment) throws FormatException {
        Map<String, String> metadata = new LinkedHashMap<>(comment);
        ReservedMetadata reserved = ReservedMetadata.take(metadata);
        return new FileContent(tensors, metadata, Map.of(), foreign, reserved, Set.of(), List.of(file));
    }

    private void add(ZipRecord record) throws IOException {
        String name = record.name();
        String key = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        if (tensors.containsKey(key) || foreign.containsKey(key)) {
            throw new FormatException("the key " + Names.quote(key) + " is there twice");
        }
        if (!record.isPlain() && !record.isDeflated()) {
            foreign.put(
                    key,
                    new ForeignItem(
                            "encrypted, or compressed by another method than deflate",
                            "save it by numpy.savez_compressed"));
            return;
        }
        OptionalLong crc32 = record.isSummed() ? OptionalLong.of(record.crc32()) : OptionalLong.empty();
        Inflated inflated = record.isDeflated() ? Inflated.of(file, record, behind) : null;
        FileBytes bytes = inflated == null ? file : inflated.bytes();
        long position = inflated == null ? record.position() : behind;
        if (!ArrayHeader.recognizes(bytes, position, record.contentLength())) {
            foreign.put(key, new ForeignItem("a file that is no array of NumPy", "read it by zipfile"));
        } else {
            add(key, bytes, position, record.contentLength(), crc32);
        }
        if (inflated != null) {
            inflated.end();
            behind += record.contentLength();
        }
    }

    private void add(String key, FileBytes bytes, long position, long length, OptionalLong crc32) throws IOException {
        try {
            ArrayHeader header = ArrayHeader.read(bytes, position, length);
            StoredType type = header.type().stored();
            ForeignItem other = header.type().foreign();
            if (other != null) {
                foreign.put(key, other);
            } else if (type != null) {
                tensors.put(key, tensor(key, header, type, bytes, position, length, crc32));
            }
        } catch (FormatException broken) {
            throw broken.getMessage() == null || broken.getMessage().startsWith(Names.quote(key))
                    ? broken
                    : new FormatException(Names.quote(key) + ": " + broken.getMessage());
        }
    }

    private static FileTensor tensor(
            String key,
            ArrayHeader header,
            StoredType type,
            FileBytes bytes,
            long position,
            long length,
            OptionalLong crc32)
            throws FormatException {
        long numel = FileTensor.numel(Names.quote(key), header.shape());
        long dataLength = length - header.bytes().length;
        long expected = numel * StoredElements.of(type).size();
        if (dataLength != expected) {
            throw FormatException.of(
                    "shape and type ask for %,d bytes behind the header, there are %,d%s",
                    expected,
                    dataLength,
                    dataLength > expected ? "; of several arrays in one file make an .npz by numpy.savez" : "");
        }
        FileStorage storage = new FileStorage(
                bytes,
                position + header.bytes().length,
                numel,
                dataLength,
                type,
                header.type().order(),
                ofElements(crc32, header.bytes(), dataLength));
        int[] shape = FileTensor.ints(header.shape());
        return header.isFortran() ? columnMajor(storage, shape) : FileTensor.contiguous(storage, shape);
    }

    /** The sum of what is behind a header, from that of both. */
    private static OptionalLong ofElements(OptionalLong ofBoth, byte[] header, long dataLength) {
        if (ofBoth.isEmpty()) {
            return ofBoth;
        }
        CRC32 crc = new CRC32();
        crc.update(header);
        return OptionalLong.of(ofBoth.getAsLong() ^ Crc32Sum.concatenate(crc.getValue(), 0, dataLength));
    }

    private static FileTensor columnMajor(FileStorage storage, int[] shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int dim = 0; dim < shape.length; dim++) {
            strides[dim] = stride;
            stride *= Math.max(shape[dim], 1);
        }
        return new FileTensor(storage, 0, shape, strides);
    }
}
