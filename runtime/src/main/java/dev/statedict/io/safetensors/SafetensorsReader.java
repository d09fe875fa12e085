package dev.statedict.io.safetensors;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.safetensors.HeaderParser.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Opens a safetensors file: reads its header, which says where each tensor lies, and nothing else. */
public final class SafetensorsReader {
    /** The reference implementation's limit. */
    static final long MAX_HEADER_BYTES = 100_000_000;

    private SafetensorsReader() {}

    /**
     * Whether a file begins as a safetensors file does, with a possible header length and an object.
     *
     * @param file the file
     * @return whether it does
     * @throws IOException when it cannot be read
     */
    public static boolean recognizes(FileBytes file) throws IOException {
        if (file.length() < Long.BYTES + 1) {
            return false;
        }
        ByteBuffer start = file.read(0, Long.BYTES + 1);
        int first = start.get(Long.BYTES);
        boolean objectFollows = first == '{' || first == ' ' || first == '\n' || first == '\r' || first == '\t';
        return objectFollows && Long.compareUnsigned(start.getLong(0), MAX_HEADER_BYTES) <= 0;
    }

    /**
     * Reads the header.
     *
     * @param file the file; closed with the content
     * @return its content, tensors in the order in which they lie in the file, then restored ties in metadata order
     * @throws IOException when it cannot be read, or breaks a rule of the format
     */
    public static FileContent open(FileBytes file) throws IOException {
        Header header = header(file);
        Map<String, String> metadata = new LinkedHashMap<>(header.metadata());
        ReservedMetadata reserved = ReservedMetadata.take(metadata);
        Map<String, FileTensor> tensors = header.tensors();
        Set<String> ties = restoreTies(tensors, metadata);
        return new FileContent(tensors, metadata, Map.of(), header.foreign(), reserved, ties, List.of(file));
    }

    /**
     * Gives each name that metadata calls a tie of a tensor that tensor.
     *
     * @param tensors gets those that are restored, behind the others
     * @param metadata texts by name, of one file or of all shards
     * @return their keys
     */
    public static Set<String> restoreTies(Map<String, FileTensor> tensors, Map<String, String> metadata) {
        return Ties.restore(tensors, metadata);
    }

    /** The header as it stands, ties not yet restored. */
    private static Header header(FileBytes file) throws IOException {
        if (file.length() < Long.BYTES) {
            throw FormatException.of("expected 8 bytes of header length, the file has %,d", file.length());
        }
        long length = file.read(0, Long.BYTES).getLong(0);
        if (Long.compareUnsigned(length, MAX_HEADER_BYTES) > 0) {
            throw FormatException.of(
                    "expected a header of at most %,d bytes, the first 8 bytes say %s",
                    MAX_HEADER_BYTES, Long.toUnsignedString(length));
        }
        if (length > file.length() - Long.BYTES) {
            throw FormatException.of(
                    "expected a header of %,d bytes at offset 8, the file has %,d", length, file.length());
        }
        byte[] json = file.read(Long.BYTES, (int) length).array();
        return HeaderParser.parse(json, file);
    }
}
