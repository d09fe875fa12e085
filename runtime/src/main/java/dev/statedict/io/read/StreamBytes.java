package dev.statedict.io.read;

import dev.statedict.io.file.FormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

/** The bytes of a stream, read once and from the front to the back; of its start, which was read before, again and again. */
final class StreamBytes {
    /** What is skipped at a time. */
    private static final int SKIPPED_BYTES = 1 << 13;

    private final byte[] start;
    private final InputStream rest;
    private long position;

    /**
     * A stream.
     *
     * @param start what was already read of it
     * @param rest the stream
     */
    StreamBytes(byte[] start, InputStream rest) {
        this.start = start;
        this.rest = rest;
        this.position = start.length;
    }

    /** As {@link FileBytes.Reader}, in one thread, from where the last read ended or from behind it. */
    int read(ByteBuffer target, long from) throws IOException {
        if (from < start.length) {
            int count = Math.min(target.remaining(), start.length - (int) from);
            target.put(start, (int) from, count);
            return count;
        }
        if (from < position) {
            throw new AssertionError("a stream is read from the front to the back");
        }
        if (!skipTo(from)) {
            return -1;
        }
        int read = next(target.array(), target.arrayOffset() + target.position(), target.remaining());
        target.position(target.position() + Math.max(read, 0));
        return read;
    }

    /** {@return where the next byte lies} */
    long position() {
        return position;
    }

    /** Skips bytes, and says whether there were as many. */
    boolean skipTo(long target) throws IOException {
        byte[] skipped = new byte[position < target ? SKIPPED_BYTES : 0];
        while (position < target) {
            if (next(skipped, 0, (int) Math.min(skipped.length, target - position)) < 0) {
                return false;
            }
        }
        return true;
    }

    private int next(byte[] bytes, int from, int count) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while a checkpoint went through a stream");
        }
        try {
            int read = rest.read(bytes, from, count);
            position += Math.max(read, 0);
            return read;
        } catch (EOFException early) {
            throw early(position, early);
        }
    }

    /** What a stream throws that knows of its own where it should have ended, such as a compressed one. */
    private static FormatException early(long position, EOFException early) {
        return FormatException.of(
                "the stream ends early, at offset %,d or soon after (%s); it was cut short, so read it again from its source",
                position, String.valueOf(early.getMessage()));
    }

    /**
     * Reads a part of a stream.
     *
     * @param stream the stream
     * @param most how many bytes
     * @param position where in the stream they begin
     * @return as many, or fewer where the stream ends
     */
    static byte[] readChunk(InputStream stream, int most, long position) throws IOException {
        try {
            return stream.readNBytes(most);
        } catch (EOFException early) {
            throw early(position, early);
        }
    }
}
