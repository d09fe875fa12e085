package dev.statedict.io.zip;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.read.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The end of a ZIP archive, which says where its directory lies; of a large archive there are two, which have to agree. */
final class ZipEnd {
    /** Where the directory lies, and how many records it has. */
    record Directory(long start, long length, long count) {}

    private final FileBytes file;
    private final int commentLength;

    private ZipEnd(FileBytes file, int commentLength) {
        this.file = file;
        this.commentLength = commentLength;
    }

    /** Reads the end of the archive that a file is, behind which there is a comment of so many bytes. */
    static Directory read(FileBytes file, int commentLength) throws IOException {
        return new ZipEnd(file, commentLength).directory();
    }

    private Directory directory() throws IOException {
        if (file.length() < ZipFormat.END_BYTES) {
            throw FormatException.of("expected a ZIP archive's end of 22 bytes, the file has %,d", file.length());
        }
        long endStart = file.length() - ZipFormat.END_BYTES - commentLength;
        ByteBuffer end = file.read(endStart, ZipFormat.END_BYTES);
        if (end.getInt(0) != ZipFormat.END || (end.getShort(20) & ZipFormat.USHORT) != commentLength) {
            throw FormatException.of(
                    "expected the end of a ZIP archive at offset %,d; the file is cut short, or has bytes behind it",
                    endStart);
        }
        Directory directory = new Directory(
                end.getInt(16) & ZipFormat.UINT, end.getInt(12) & ZipFormat.UINT, end.getShort(10) & ZipFormat.USHORT);
        Directory large = largeDirectory(endStart);
        long directoryEnd = endStart;
        if (large == null) {
            boolean isWhole = end.getShort(4) == 0 && end.getShort(6) == 0 && end.getShort(8) == end.getShort(10);
            requireWhole(isWhole);
        } else {
            if (!agree(directory.start, large.start, ZipFormat.UINT)
                    || !agree(directory.length, large.length, ZipFormat.UINT)
                    || !agree(directory.count, large.count, ZipFormat.USHORT)) {
                throw new FormatException("the ZIP archive says in two ways where its directory lies");
            }
            directory = large;
            directoryEnd = endStart - ZipFormat.LOCATOR_64_BYTES - ZipFormat.END_64_BYTES;
        }
        long shift = directoryEnd - directory.length - directory.start;
        refuseSecond(shift);
        if (directory.start < 0 || directory.length < 0 || shift != 0) {
            throw FormatException.of(
                    "expected a ZIP directory of %,d bytes at offset %,d, its end is at offset %,d",
                    directory.length, directory.start, directoryEnd);
        }
        return directory;
    }

    /** Of two archives in a row the second has its places counted from its own beginning. */
    private void refuseSecond(long start) throws IOException {
        if (start > 0
                && start <= file.length() - Integer.BYTES
                && file.read(start, Integer.BYTES).getInt(0) == ZipFormat.LOCAL_HEADER
                && file.read(0, Integer.BYTES).getInt(0) == ZipFormat.LOCAL_HEADER) {
            throw FormatException.of("two archives in one file, the second from offset %,d on; split them", start);
        }
    }

    /** An archive may be spread over several disks, or say so: PyTorch reads neither. */
    static void requireWhole(boolean isWhole) throws FormatException {
        if (!isWhole) {
            throw new FormatException("a part of a ZIP archive that is spread over several files; join them");
        }
    }

    private static boolean agree(long small, long large, long unknown) {
        return small == large || small == unknown;
    }

    /** What an archive says that has, or might have had, numbers too large for the plain end; null for others. */
    private @Nullable Directory largeDirectory(long endStart) throws IOException {
        long start = endStart - ZipFormat.LOCATOR_64_BYTES - ZipFormat.END_64_BYTES;
        if (start < 0) {
            return null;
        }
        ByteBuffer end = file.read(start, ZipFormat.END_64_BYTES + ZipFormat.LOCATOR_64_BYTES);
        boolean located = end.getInt(ZipFormat.END_64_BYTES) == ZipFormat.LOCATOR_64;
        if (located && end.getInt(0) == ZipFormat.END_64) {
            refuseSecond(start - end.getLong(ZipFormat.END_64_BYTES + 8));
        }
        if (located && (end.getInt(0) != ZipFormat.END_64 || end.getLong(ZipFormat.END_64_BYTES + 8) != start)) {
            throw FormatException.of("expected the end of a large ZIP archive at offset %,d", start);
        }
        if (located) {
            requireWhole(end.getInt(16) == 0
                    && end.getInt(20) == 0
                    && end.getLong(24) == end.getLong(32)
                    && Integer.compareUnsigned(end.getInt(ZipFormat.END_64_BYTES + 16), 1) <= 0);
        }
        return located ? new Directory(end.getLong(48), end.getLong(40), end.getLong(32)) : null;
    }
}
