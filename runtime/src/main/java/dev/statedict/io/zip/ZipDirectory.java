package dev.statedict.io.zip;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.read.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of a ZIP archive that are stored as they are, and where in the file they lie. The JDK's {@code ZipFile}
 * does not tell, and reads more than PyTorch writes: here no record is there twice, no two share a byte, nothing follows the
 * archive, and it is whole. Which are compressed or encrypted is told, and none of them read.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format</a>
 */
public final class ZipDirectory {
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;

    private static final long MAX_BYTES = 100_000_000;

    /**
     * An archive.
     *
     * @param records by name
     * @param comment the bytes behind everything; none in most
     */
    public record Archive(Map<String, ZipRecord> records, byte[] comment) {}

    private final FileBytes file;
    private final int commentLength;

    private ZipDirectory(FileBytes file, int commentLength) {
        this.file = file;
        this.commentLength = commentLength;
    }

    /**
     * Reads the directory.
     *
     * @param file the file
     * @return its records by name
     * @throws IOException when it cannot be read, or is no archive, or not whole
     */
    public static Map<String, ZipRecord> read(FileBytes file) throws IOException {
        return new ZipDirectory(file, 0).read();
    }

    /**
     * Reads the directory of an archive that may have a comment.
     *
     * @param file the file
     * @return its records and its comment
     * @throws IOException when it cannot be read, or is no archive, or not whole
     */
    public static Archive readCommented(FileBytes file) throws IOException {
        int length = (int) Math.min(file.length(), ZipFormat.END_BYTES + ZipFormat.USHORT);
        ByteBuffer tail = file.read(file.length() - length, length);
        for (int comment = 0; comment <= length - ZipFormat.END_BYTES; comment++) {
            int end = length - ZipFormat.END_BYTES - comment;
            if (tail.getInt(end) == ZipFormat.END && (tail.getShort(end + 20) & ZipFormat.USHORT) == comment) {
                byte[] text = new byte[comment];
                tail.get(end + ZipFormat.END_BYTES, text);
                return new Archive(new ZipDirectory(file, comment).read(), text);
            }
        }
        return new Archive(read(file), new byte[0]);
    }

    private Map<String, ZipRecord> read() throws IOException {
        ZipEnd.Directory range = ZipEnd.read(file, commentLength);
        if (range.length() > MAX_BYTES) {
            throw FormatException.of(
                    "the ZIP directory takes %,d bytes, at most %,d are read", range.length(), MAX_BYTES);
        }
        file.require(range.start(), range.length());
        ByteBuffer directory = file.read(range.start(), (int) range.length());
        Map<String, ZipRecord> records = new LinkedHashMap<>();
        while (directory.hasRemaining()) {
            ZipRecord record = record(directory, range.start() + directory.position());
            if (records.put(record.name(), record) != null) {
                throw new FormatException("the record " + Names.quote(record.name()) + " is there twice");
            }
        }
        if (records.size() != range.count()) {
            throw FormatException.of("expected %,d records, the ZIP directory has %,d", range.count(), records.size());
        }
        refuseOverlaps(records, range.start());
        return records;
    }

    private ZipRecord record(ByteBuffer directory, long offset) throws IOException {
        int start = directory.position();
        if (directory.remaining() < ZipFormat.CENTRAL_HEADER_BYTES
                || directory.getInt(start) != ZipFormat.CENTRAL_HEADER) {
            throw FormatException.of("expected a record of the ZIP directory at offset %,d", offset);
        }
        int flags = directory.getShort(start + 8);
        int method = directory.getShort(start + 10) & ZipFormat.USHORT;
        long crc32 = directory.getInt(start + 16) & ZipFormat.UINT;
        long compressed = directory.getInt(start + 20) & ZipFormat.UINT;
        long length = directory.getInt(start + 24) & ZipFormat.UINT;
        int nameLength = directory.getShort(start + 28) & ZipFormat.USHORT;
        int extraLength = directory.getShort(start + 30) & ZipFormat.USHORT;
        int commentLength = directory.getShort(start + 32) & ZipFormat.USHORT;
        int disk = directory.getShort(start + 34);
        long header = directory.getInt(start + 42) & ZipFormat.UINT;
        directory.position(start + ZipFormat.CENTRAL_HEADER_BYTES);
        if (directory.remaining() < nameLength + extraLength + commentLength) {
            throw FormatException.of("the ZIP directory ends within the record at offset %,d", offset);
        }
        byte[] rawName = new byte[nameLength];
        directory.get(rawName);
        String name = decode(rawName, offset);
        ByteBuffer large =
                large(directory.slice(directory.position(), extraLength).order(directory.order()));
        directory.position(directory.position() + extraLength + commentLength);
        length = length == ZipFormat.UINT ? next(large, name) : length;
        compressed = compressed == ZipFormat.UINT ? next(large, name) : compressed;
        header = header == ZipFormat.UINT ? next(large, name) : header;
        ZipEnd.requireWhole(disk == 0);
        boolean isReadable = (flags & ENCRYPTED) == 0;
        boolean isPlain = isReadable && method == STORED && length == compressed;
        boolean isDeflated = isReadable && method == DEFLATED;
        return locate(
                rawName,
                method,
                new ZipRecord(name, header, 0, isPlain ? length : compressed, crc32, isPlain, isDeflated, length));
    }

    /** Finds where the bytes of a record lie, behind its local header. */
    private ZipRecord locate(byte[] rawName, int method, ZipRecord record) throws IOException {
        String name = record.name();
        long header = record.header();
        file.require(header, ZipFormat.LOCAL_HEADER_BYTES + (long) rawName.length);
        ByteBuffer local = file.read(header, ZipFormat.LOCAL_HEADER_BYTES + rawName.length);
        boolean sameName = ByteBuffer.wrap(rawName).equals(local.slice(ZipFormat.LOCAL_HEADER_BYTES, rawName.length));
        if (local.getInt(0) != ZipFormat.LOCAL_HEADER
                || ((record.isPlain() || record.isDeflated()) && local.getShort(8) != method)
                || (local.getShort(26) & ZipFormat.USHORT) != rawName.length
                || !sameName) {
            throw FormatException.of(
                    "expected the record %s at offset %,d, as the ZIP directory says", Names.quote(name), header);
        }
        long position = header + local.capacity() + (local.getShort(28) & ZipFormat.USHORT);
        file.require(position, record.length());
        return new ZipRecord(
                name,
                header,
                position,
                record.length(),
                record.crc32(),
                record.isPlain(),
                record.isDeflated(),
                record.contentLength());
    }

    /** The content of the extra field for numbers that do not fit elsewhere; empty when there is none. */
    private static ByteBuffer large(ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int id = extra.getShort() & ZipFormat.USHORT;
            int size = Math.min(extra.getShort() & ZipFormat.USHORT, extra.remaining());
            if (id == ZipFormat.EXTRA_64) {
                return extra.slice(extra.position(), size).order(extra.order());
            }
            extra.position(extra.position() + size);
        }
        return ByteBuffer.allocate(0);
    }

    private static long next(ByteBuffer large, String name) throws FormatException {
        long value = large.remaining() < Long.BYTES ? -1 : large.getLong();
        if (value < 0) {
            throw new FormatException("the record " + Names.quote(name) + " lacks its large size or offset");
        }
        return value;
    }

    private static String decode(byte[] name, long offset) throws FormatException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw FormatException.of("the name of the record at offset %,d of the ZIP directory is not UTF-8", offset);
        }
    }

    private static void refuseOverlaps(Map<String, ZipRecord> records, long directoryStart) throws FormatException {
        List<ZipRecord> sorted = new ArrayList<>(records.values());
        sorted.sort(Comparator.comparingLong(ZipRecord::header));
        for (int i = 0; i < sorted.size(); i++) {
            ZipRecord record = sorted.get(i);
            long end = record.position() + record.length();
            long next = i + 1 < sorted.size() ? sorted.get(i + 1).header() : directoryStart;
            if (end > next) {
                throw FormatException.of(
                        "the record %s ends at offset %,d, beyond offset %,d, where the next begins",
                        Names.quote(record.name()), end, next);
            }
        }
    }
}
