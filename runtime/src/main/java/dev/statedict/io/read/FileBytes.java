package dev.statedict.io.read;

import dev.statedict.io.file.FormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a file, read by position and never mapped: a file of any size can be read, and it can be replaced or
 * deleted while it is open.
 */
public final class FileBytes implements Closeable {
    private final FileChannel channel;
    private final Path path;
    private final long length;

    private FileBytes(FileChannel channel, Path path) throws IOException {
        this.channel = channel;
        this.path = path;
        this.length = channel.size();
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
            return new FileBytes(channel, path);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** {@return where the file was when it was opened} */
    public Path path() {
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
            int read = channel.read(target, at);
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
        channel.close();
    }
}
