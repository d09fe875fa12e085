package dev.statedict.io.file;

import dev.statedict.io.element.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/** Writes bytes and tensors to a file one behind the other, through one buffer. Not for several threads at a time. */
public final class TensorWriter {
    /** What is written at a time begins at a multiple of this in the file, as the kernel likes it. */
    private static final int BUFFER_BYTES = 1 << 20;

    private final FileChannel channel;
    private final Progress progress;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private @Nullable Checksum checksum;
    private long flushed;

    /**
     * A writer at the beginning of a file.
     *
     * @param channel the file, empty
     * @param progress is told of each piece of a tensor that was written
     */
    public TensorWriter(FileChannel channel, Progress progress) {
        this.channel = channel;
        this.progress = progress;
    }

    /** {@return how many bytes were written} */
    public long position() {
        return flushed + buffer.position();
    }

    /**
     * Writes bytes.
     *
     * @param bytes all that remain in it are written
     * @throws IOException when the file takes no more
     */
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int count = Math.min(bytes.remaining(), buffer.remaining());
            buffer.put(buffer.position(), bytes, bytes.position(), count);
            buffer.position(buffer.position() + count);
            bytes.position(bytes.position() + count);
        }
    }

    /**
     * Writes the elements of an entry, row-major and little-endian.
     *
     * @param entry the entry
     * @throws IOException when the file takes no more
     */
    public void write(StoredEntry entry) throws IOException {
        ElementType type = entry.elements();
        ElementRuns.forEach(entry.tensor(), (elements, at, count) -> write(type, elements, at, count));
    }

    private void write(ElementType type, float[] elements, int at, int count) throws IOException {
        for (int done = 0; done < count; ) {
            if (buffer.remaining() < type.size()) {
                flush();
            }
            int piece = Math.min(count - done, buffer.remaining() / type.size());
            int bytes = piece * type.size();
            type.encode(
                    elements,
                    at + done,
                    piece,
                    buffer.slice(buffer.position(), bytes).order(ByteOrder.LITTLE_ENDIAN));
            buffer.position(buffer.position() + bytes);
            done += piece;
            progress.add(bytes);
        }
    }

    /**
     * Passes on what is in the buffer.
     *
     * @throws IOException when the file takes no more
     */
    public void flush() throws IOException {
        buffer.flip();
        if (checksum != null) {
            checksum.update(buffer);
            buffer.rewind();
        }
        flushed += buffer.remaining();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /**
     * Sums up what is written from here on, instead of what was summed up before.
     *
     * @param next the sum to be updated, complete after {@link #flush}; null for none
     * @throws IOException when the file takes no more
     */
    public void checksum(@Nullable Checksum next) throws IOException {
        flush();
        checksum = next;
    }
}
