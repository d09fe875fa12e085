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
import org.jspecify.annotations.Nullable;

/**
 * The records of a ZIP archive that are stored as they are, and where in the file they lie. The JDK's {@code ZipFile}
 * does not tell, and reads more than PyTorch writes: here no record is there twice, no two share a byte, nothing follows the
 * archive, and it is whole. Which are compressed or encrypted is told, and none of them read.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format</a>
 */
public final class ZipDirectory {
    /** How a record begins, and so an archive that has one. */
    public static final int LOCAL_HEADER = 0x04034b50;

    static final int CENTRAL_HEADER = 0x02014b50;
    static final int END = 0x06054b50;
    static final int END_64 = 0x06064b50;
    static final int LOCATOR_64 = 0x07064b50;
    /** The fixed part of a local header. */
    public static final int LOCAL_HEADER_BYTES = 30;

    static final int CENTRAL_HEADER_BYTES = 46;
    /** The end of an archive without a comment. */
    public static final int END_BYTES = 22;

    static final int END_64_BYTES = 56;
    static final int LOCATOR_64_BYTES = 20;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    static final int ENCRYPTED = 1;
    static final int EXTRA_64 = 1;

    private static final long MAX_BYTES = 100_000_000;
    private static final long UINT = 0xffffffffL;
    private static final int USHORT = 0xffff;

    /**
     * A record.
     *
     * @param name its name
     * @param header where its local header begins
     * @param position where its bytes begin
     * @param length how many lie there
     * @param crc32 the CRC-32 of its content
     * @param isPlain whether its bytes are its content as it is
     * @param isDeflated whether they are its content deflated
     * @param contentLength the number of bytes of its content, as the archive says
     */
    public record ZipRecord(
            String name,
            long header,
            long position,
            long length,
            long crc32,
            boolean isPlain,
            boolean isDeflated,
            long contentLength) {
        /** {@return whether the sum was computed: 0 says that it was not, as by {@code torch.serialization.set_crc32_options(False)}} */
        public boolean isSummed() {
            return crc32 != 0;
        }
    }

    /**
     * An archive.
     *
     * @param records by name
     * @param comment the bytes behind everything; none in most
     */
    public record Archive(Map<String, ZipRecord> records, byte[] comment) {}

    /** Where the directory lies. */
    private record Range(long start, long length, long count) {}

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
        int length = (int) Math.min(file.length(), END_BYTES + USHORT);
        ByteBuffer tail = file.read(file.length() - length, length);
        for (int comment = 0; comment <= length - END_BYTES; comment++) {
            int end = length - END_BYTES - comment;
            if (tail.getInt(end) == END && (tail.getShort(end + 20) & USHORT) == comment) {
                byte[] text = new byte[comment];
                tail.get(end + END_BYTES, text);
                return new Archive(new ZipDirectory(file, comment).read(), text);
            }
        }
        return new Archive(read(file), new byte[0]);
    }

    private Map<String, ZipRecord> read() throws IOException {
        Range range = range();
        if (range.length > MAX_BYTES) {
            throw FormatException.of(
                    "the ZIP directory takes %,d bytes, at most %,d are read", range.length, MAX_BYTES);
        }
        file.require(range.start, range.length);
        ByteBuffer directory = file.read(range.start, (int) range.length);
        Map<String, ZipRecord> records = new LinkedHashMap<>();
        while (directory.hasRemaining()) {
            ZipRecord record = record(directory, range.start + directory.position());
            if (records.put(record.name, record) != null) {
                throw new FormatException("the record " + Names.quote(record.name) + " is there twice");
            }
        }
        if (records.size() != range.count) {
            throw FormatException.of("expected %,d records, the ZIP directory has %,d", range.count, records.size());
        }
        refuseOverlaps(records, range.start);
        return records;
    }

    private Range range() throws IOException {
        if (file.length() < END_BYTES) {
            throw FormatException.of("expected a ZIP archive's end of 22 bytes, the file has %,d", file.length());
        }
        long endStart = file.length() - END_BYTES - commentLength;
        ByteBuffer end = file.read(endStart, END_BYTES);
        if (end.getInt(0) != END || (end.getShort(20) & USHORT) != commentLength) {
            throw FormatException.of(
                    "expected the end of a ZIP archive at offset %,d; the file is cut short, or has bytes behind it",
                    endStart);
        }
        Range range = new Range(end.getInt(16) & UINT, end.getInt(12) & UINT, end.getShort(10) & USHORT);
        Range large = largeRange(endStart);
        long directoryEnd = endStart;
        if (large == null) {
            boolean isWhole = end.getShort(4) == 0 && end.getShort(6) == 0 && end.getShort(8) == end.getShort(10);
            requireWhole(isWhole);
        } else {
            if (!agree(range.start, large.start, UINT)
                    || !agree(range.length, large.length, UINT)
                    || !agree(range.count, large.count, USHORT)) {
                throw new FormatException("the ZIP archive says in two ways where its directory lies");
            }
            range = large;
            directoryEnd = endStart - LOCATOR_64_BYTES - END_64_BYTES;
        }
        long shift = directoryEnd - range.length - range.start;
        refuseSecond(shift);
        if (range.start < 0 || range.length < 0 || shift != 0) {
            throw FormatException.of(
                    "expected a ZIP directory of %,d bytes at offset %,d, its end is at offset %,d",
                    range.length, range.start, directoryEnd);
        }
        return range;
    }

    /** Of two archives in a row the second has its places counted from its own beginning. */
    private void refuseSecond(long start) throws IOException {
        if (start > 0
                && start <= file.length() - Integer.BYTES
                && file.read(start, Integer.BYTES).getInt(0) == LOCAL_HEADER
                && file.read(0, Integer.BYTES).getInt(0) == LOCAL_HEADER) {
            throw FormatException.of("two archives in one file, the second from offset %,d on; split them", start);
        }
    }

    /** An archive may be spread over several disks, or say so: PyTorch reads neither. */
    private static void requireWhole(boolean isWhole) throws FormatException {
        if (!isWhole) {
            throw new FormatException("a part of a ZIP archive that is spread over several files; join them");
        }
    }

    private static boolean agree(long small, long large, long unknown) {
        return small == large || small == unknown;
    }

    /** What an archive says that has, or might have had, numbers too large for the plain end; null for others. */
    private @Nullable Range largeRange(long endStart) throws IOException {
        long start = endStart - LOCATOR_64_BYTES - END_64_BYTES;
        if (start < 0) {
            return null;
        }
        ByteBuffer end = file.read(start, END_64_BYTES + LOCATOR_64_BYTES);
        boolean located = end.getInt(END_64_BYTES) == LOCATOR_64;
        if (located && end.getInt(0) == END_64) {
            refuseSecond(start - end.getLong(END_64_BYTES + 8));
        }
        if (located && (end.getInt(0) != END_64 || end.getLong(END_64_BYTES + 8) != start)) {
            throw FormatException.of("expected the end of a large ZIP archive at offset %,d", start);
        }
        if (located) {
            requireWhole(end.getInt(16) == 0
                    && end.getInt(20) == 0
                    && end.getLong(24) == end.getLong(32)
                    && Integer.compareUnsigned(end.getInt(END_64_BYTES + 16), 1) <= 0);
        }
        return located ? new Range(end.getLong(48), end.getLong(40), end.getLong(32)) : null;
    }

    private ZipRecord record(ByteBuffer directory, long offset) throws IOException {
        int start = directory.position();
        if (directory.remaining() < CENTRAL_HEADER_BYTES || directory.getInt(start) != CENTRAL_HEADER) {
            throw FormatException.of("expected a record of the ZIP directory at offset %,d", offset);
        }
        int flags = directory.getShort(start + 8);
        int method = directory.getShort(start + 10) & USHORT;
        long crc32 = directory.getInt(start + 16) & UINT;
        long compressed = directory.getInt(start + 20) & UINT;
        long length = directory.getInt(start + 24) & UINT;
        int nameLength = directory.getShort(start + 28) & USHORT;
        int extraLength = directory.getShort(start + 30) & USHORT;
        int commentLength = directory.getShort(start + 32) & USHORT;
        int disk = directory.getShort(start + 34);
        long header = directory.getInt(start + 42) & UINT;
        directory.position(start + CENTRAL_HEADER_BYTES);
        if (directory.remaining() < nameLength + extraLength + commentLength) {
            throw FormatException.of("the ZIP directory ends within the record at offset %,d", offset);
        }
        byte[] rawName = new byte[nameLength];
        directory.get(rawName);
        String name = decode(rawName, offset);
        ByteBuffer large =
                large(directory.slice(directory.position(), extraLength).order(directory.order()));
        directory.position(directory.position() + extraLength + commentLength);
        length = length == UINT ? next(large, name) : length;
        compressed = compressed == UINT ? next(large, name) : compressed;
        header = header == UINT ? next(large, name) : header;
        requireWhole(disk == 0);
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
        String name = record.name;
        long header = record.header;
        file.require(header, LOCAL_HEADER_BYTES + (long) rawName.length);
        ByteBuffer local = file.read(header, LOCAL_HEADER_BYTES + rawName.length);
        boolean sameName = ByteBuffer.wrap(rawName).equals(local.slice(LOCAL_HEADER_BYTES, rawName.length));
        if (local.getInt(0) != LOCAL_HEADER
                || ((record.isPlain || record.isDeflated) && local.getShort(8) != method)
                || (local.getShort(26) & USHORT) != rawName.length
                || !sameName) {
            throw FormatException.of(
                    "expected the record %s at offset %,d, as the ZIP directory says", Names.quote(name), header);
        }
        long position = header + local.capacity() + (local.getShort(28) & USHORT);
        file.require(position, record.length);
        return new ZipRecord(
                name,
                header,
                position,
                record.length,
                record.crc32,
                record.isPlain,
                record.isDeflated,
                record.contentLength);
    }

    /** The content of the extra field for numbers that do not fit elsewhere; empty when there is none. */
    private static ByteBuffer large(ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int id = extra.getShort() & USHORT;
            int size = Math.min(extra.getShort() & USHORT, extra.remaining());
            if (id == EXTRA_64) {
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
            long end = record.position + record.length;
            long next = i + 1 < sorted.size() ? sorted.get(i + 1).header : directoryStart;
            if (end > next) {
                throw FormatException.of(
                        "the record %s ends at offset %,d, beyond offset %,d, where the next begins",
                        Names.quote(record.name), end, next);
            }
        }
    }
}
