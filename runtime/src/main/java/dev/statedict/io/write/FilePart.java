package dev.statedict.io.write;

import dev.statedict.io.transfer.Crc32Sum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** A part of a file that is written in pieces of one length, of which a part may lie in several. */
public final class FilePart {
    /**
     * How long a piece of a file is, and at multiples of what it begins, as the kernel likes it. It stays in a processor's cache
     * until it is written: 256 MB take 44 ms by two threads, and 47 in pieces of a megabyte.
     */
    static final int PIECE_BYTES = 1 << 18;

    /** What gives the bytes, to several threads. */
    private interface Bytes {
        /**
         * Copies some bytes.
         *
         * @param from the first, from the part's beginning
         * @param target little-endian, filled up to its limit
         * @throws IOException when they cannot be had
         */
        void copy(long from, ByteBuffer target) throws IOException;
    }

    private final long position;
    private final long length;
    private final Bytes source;
    private final boolean elements;
    private long[] sums = {};

    private FilePart(long position, long length, Bytes source, boolean elements) {
        this.position = position;
        this.length = length;
        this.source = source;
        this.elements = elements;
    }

    static FilePart of(long position, byte[] bytes) {
        return new FilePart(
                position, bytes.length, (from, target) -> target.put(bytes, (int) from, target.remaining()), false);
    }

    static FilePart of(long position, StoredEntry entry) {
        int size = entry.elements().size();
        if (position % size != 0) {
            throw new IllegalArgumentException("an element would lie in two pieces of the file");
        }
        Bytes source = (from, target) -> entry.copy(from / size, target);
        return new FilePart(position, entry.byteCount(), source, true);
    }

    /** {@return this part, which will know its sum by CRC-32} */
    FilePart summed() {
        sums = new long[length == 0 ? 0 : piece(length - 1) + 1];
        return this;
    }

    /** Which of the pieces that the part lies in has a byte of it. */
    private int piece(long from) {
        return (int) ((position + from) / PIECE_BYTES - position / PIECE_BYTES);
    }

    long position() {
        return position;
    }

    /** {@return the number of its bytes} */
    public long length() {
        return length;
    }

    boolean isElements() {
        return elements;
    }

    /**
     * Copies bytes that lie in one piece of the file.
     *
     * @param from the first, from the part's beginning
     * @param target filled up to its limit
     */
    void copy(long from, ByteBuffer target) throws IOException {
        source.copy(from, target);
    }

    /**
     * Copies and sums all bytes that lie in one piece of the file.
     *
     * @param from the first, from the part's beginning
     * @param target filled up to its limit
     */
    void copyAndSum(long from, ByteBuffer target) throws IOException {
        int start = target.position();
        source.copy(from, target);
        if (sums.length > 0) {
            CRC32 crc = new CRC32();
            crc.update(target.position(start));
            sums[piece(from)] = crc.getValue();
        }
    }

    /** {@return the sum of all bytes by CRC-32, once they are written or summed, if the writer makes sums} */
    public long crc32() {
        long sum = 0;
        long done = 0;
        for (long partial : sums) {
            long inPiece = PIECE_BYTES - (position + done) % PIECE_BYTES;
            long count = Math.min(inPiece, length - done);
            sum = Crc32Sum.concatenate(sum, partial, count);
            done += count;
        }
        return sum;
    }
}
