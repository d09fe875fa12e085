package dev.statedict.io.pickle;

import dev.statedict.io.file.FormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Pickles as they come, of a length that nobody vouches for. What is kept of a text is little. */
public final class ScanInput {
    /** The longest text that is kept, in bytes; the names of modules and functions are far shorter. */
    private static final int KEPT = 1000;

    private final InputStream stream;
    private long position;

    /**
     * Reads a stream.
     *
     * @param stream begins with a pickle; not closed
     */
    public ScanInput(InputStream stream) {
        this.stream = new BufferedInputStream(stream, 1 << 16);
    }

    /** {@return how many bytes were read} */
    public long position() {
        return position;
    }

    /**
     * Looks at the next byte.
     *
     * @return the byte, which is not taken; -1 at the end
     * @throws IOException when it cannot be read
     */
    public int peek() throws IOException {
        stream.mark(1);
        int next = stream.read();
        stream.reset();
        return next;
    }

    int nextByte() throws IOException {
        int next = stream.read();
        if (next < 0 || position >= PickleInput.MAX_BYTES) {
            throw FormatException.of(
                    next < 0 ? "it ends at offset %,d, within an instruction" : "it has more than %,d bytes", position);
        }
        position++;
        return next;
    }

    /** An unsigned number of 1, 2, 4 or 8 bytes, little-endian; of 8 bytes it may turn out negative. */
    long nextNumber(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (long) nextByte() << (8 * i);
        }
        return number;
    }

    /** The text of a number of bytes, cut when it is long. */
    String nextText(long bytes) throws IOException {
        byte[] kept = new byte[(int) Math.max(0, Math.min(bytes, KEPT))];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (byte) nextByte();
        }
        skip(bytes - kept.length);
        return new String(kept, StandardCharsets.UTF_8);
    }

    /** The text up to the end of the line, cut when it is long. */
    String nextLine() throws IOException {
        byte[] kept = new byte[KEPT];
        int length = 0;
        for (int next = nextByte(); next != '\n'; next = nextByte()) {
            if (length < KEPT) {
                kept[length++] = (byte) next;
            }
        }
        return new String(kept, 0, length, StandardCharsets.UTF_8);
    }

    private void skip(long bytes) throws IOException {
        if (bytes < 0 || bytes > PickleInput.MAX_BYTES - position) {
            throw FormatException.of(
                    "a text at offset %,d says that it has %s bytes", position, Long.toUnsignedString(bytes));
        }
        for (long left = bytes; left > 0; ) {
            long skipped = stream.skip(left);
            if (skipped == 0) {
                nextByte();
                skipped = 1;
            } else {
                position += skipped;
            }
            left -= skipped;
        }
    }
}
