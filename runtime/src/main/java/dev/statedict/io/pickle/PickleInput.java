package dev.statedict.io.pickle;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.read.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of one or more pickles in a row, read one after the other. */
public final class PickleInput {
    /** The most that is read: many times what the largest models need. */
    public static final long MAX_BYTES = 100_000_000;

    private static final int BUFFER_BYTES = 1 << 13;

    private final FileBytes file;
    private final long end;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long next;

    /**
     * A part of a file.
     *
     * @param file the file
     * @param start where the first pickle begins
     * @param end the first byte that belongs to none; nothing is read beyond {@link #MAX_BYTES}
     */
    public PickleInput(FileBytes file, long start, long end) {
        this.file = file;
        this.next = start;
        this.end = Math.min(end, start + MAX_BYTES);
    }

    /** {@return where in the file the next byte lies} */
    public long position() {
        return next - buffer.remaining();
    }

    int nextByte() throws IOException {
        return require(1).get() & 0xff;
    }

    int nextShort() throws IOException {
        return require(Short.BYTES).getShort() & 0xffff;
    }

    int nextInt() throws IOException {
        return require(Integer.BYTES).getInt();
    }

    double nextBigEndianDouble() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(require(Long.BYTES).getLong()));
    }

    /** The next bytes, no more than the file has. */
    byte[] nextBytes(long count) throws IOException {
        if (count > end - position()) {
            throw FormatException.of(
                    "pickle, offset %,d: expected %,d bytes, %,d are left", position(), count, end - position());
        }
        byte[] bytes = new byte[(int) count];
        int buffered = (int) Math.min(count, buffer.remaining());
        buffer.get(bytes, 0, buffered);
        if (buffered < count) {
            file.read(next, ByteBuffer.wrap(bytes, buffered, bytes.length - buffered));
            next += count - buffered;
        }
        return bytes;
    }

    private ByteBuffer require(int count) throws IOException {
        if (buffer.remaining() < count) {
            buffer.compact().limit((int) Math.min(BUFFER_BYTES, buffer.position() + end - next));
            int before = buffer.position();
            file.read(next, buffer);
            next += buffer.position() - before;
            buffer.flip();
            if (buffer.remaining() < count) {
                throw FormatException.of("pickle, offset %,d: it ends within an instruction", position());
            }
        }
        return buffer;
    }
}
