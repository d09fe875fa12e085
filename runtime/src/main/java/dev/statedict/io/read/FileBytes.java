package dev.statedict.io.read;

import dev.statedict.io.file.FormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, or of what stands for one, read by position and never mapped: one of any size can be read, and a
 * file can be replaced or deleted while it is open.
 */
public final class FileBytes implements Closeable {
    /** Reads by position, in any number of threads. */
    public interface Reader {
        /**
         * Reads some bytes, one at least.
         *
         * @param target takes as many as it has room for, or fewer
         * @param position where they begin
         * @return how many, or -1 when there are none
         * @throws IOException when they cannot be read
         */
        int read(ByteBuffer target, long position) throws IOException;
    }

    private final String name;
    private final @Nullable Path path;
    private final long length;
    private final Reader reader;
    private final Closeable closing;

    private FileBytes(String name, @Nullable Path path, long length, Reader reader, Closeable closing) {
        this.name = name;
        this.path = path;
        this.length = length;
        this.reader = reader;
        this.closing = closing;
    }

    /**
     * Opens a file.
     *
     * @param path the file
     * @return its bytes
     * @throws IOException when it cannot be opened
     */
    public static FileBytes open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new FileBytes(path.toString(), path, channel.size(), channel::read, channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /**
     * The bytes of what is no file.
     *
     * @param name for messages
     * @param length the number of bytes
     * @param reader reads them
     * @param closing is closed with the bytes
     * @return the bytes
     */
    public static FileBytes of(String name, long length, Reader reader, Closeable closing) {
        return new FileBytes(name, null, length, reader, closing);
    }

    /** {@return what the bytes are called: for a file its path, as it was given} */
    public String name() {
        return name;
    }

    /** {@return where the file was when it was opened; null for what is no file, and so has no siblings} */
    public @Nullable Path path() {
        return path;
    }

    /** {@return the number of bytes when it was opened} */
    public long length() {
        return length;
    }

    /**
     * Checks that the file has the bytes, so that they may be allocated.
     *
     * @param position where they begin
     * @param count how many
     * @throws FormatException when they reach beyond the end of the file
     */
    public void require(long position, long count) throws FormatException {
        if (position < 0 || count < 0 || count > length - position) {
            throw FormatException.of("expected %,d bytes at offset %,d, the file has %,d", count, position, length);
        }
    }

    /**
     * Fills a buffer.
     *
     * @param position where to read
     * @param target filled up to its limit
     * @throws IOException when it cannot be read
     */
    public void read(long position, ByteBuffer target) throws IOException {
        require(position, target.remaining());
        long at = position;
        while (target.hasRemaining()) {
            int read = reader.read(target, at);
            if (read < 0) {
                throw FormatException.of("the file ends at offset %,d, where it had %,d bytes when opened", at, length);
            }
            at += read;
        }
    }

    /**
     * Reads a few bytes.
     *
     * @param position where they begin
     * @param count how many
     * @return a new little-endian buffer on a new array
     * @throws IOException when they cannot be read
     */
    public ByteBuffer read(long position, int count) throws IOException {
        require(position, count);
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        read(position, bytes);
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
