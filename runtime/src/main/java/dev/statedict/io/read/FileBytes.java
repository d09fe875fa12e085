package dev.statedict.io.read;

import dev.statedict.io.file.FormatException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
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

        /**
         * Told before bytes are read piece by piece, in order.
         *
         * @param position where the first lies
         * @param count how many
         */
        default void willRead(long position, long count) {}

        /** {@return whether they are made one after the other, so that going back costs what all before cost} */
        default boolean isSequential() {
            return false;
        }
    }

    private static final int HELD_IN_MEMORY = 1 << 26;
    private static final int FIRST_STREAMED_BYTES = 1 << 16;

    private final String name;
    private final @Nullable Path path;
    private final @Nullable StreamBytes stream;
    private final Reader reader;
    private final Closeable closing;
    /** Of a stream it is unknown, and beyond any claim, until its header was read, which says where it is to end. */
    private long length;

    private FileBytes(
            String name,
            @Nullable Path path,
            @Nullable StreamBytes stream,
            long length,
            Reader reader,
            Closeable closing) {
        this.name = name;
        this.path = path;
        this.stream = stream;
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
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (UnsupportedOperationException noChannels) {
            // some file systems have streams alone
            return ofFile(path);
        }
        try {
            return new FileBytes(path.toString(), path, null, channel.size(), channel::read, channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static FileBytes ofFile(Path path) throws IOException {
        try (InputStream stream = Files.newInputStream(path)) {
            FileBytes spooled = Spool.of(path.toString(), new byte[0], stream, HELD_IN_MEMORY);
            return new FileBytes(spooled.name, path, null, spooled.length, spooled.reader, spooled.closing);
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
        return new FileBytes(name, null, null, length, reader, closing);
    }

    /**
     * Bytes in memory.
     *
     * @param name for messages
     * @param bytes from the position to the limit, neither copied nor moved
     * @return the bytes
     */
    public static FileBytes of(String name, ByteBuffer bytes) {
        ByteBuffer all = bytes.slice();
        Reader reader = (target, position) -> {
            int count = (int) Math.min(target.remaining(), all.limit() - position);
            target.put(all.slice((int) position, count));
            return count == 0 ? -1 : count;
        };
        return of(name, all.limit(), reader, () -> {});
    }

    /**
     * The bytes of a stream that is read in one pass: once, in one thread, from the front to the back.
     *
     * @param name for messages
     * @param start what was already read of it, and is read again
     * @param rest the stream; not closed
     * @return the bytes
     */
    public static FileBytes ofStream(String name, byte[] start, InputStream rest) {
        StreamBytes stream = new StreamBytes(start, rest);
        return new FileBytes(name, null, stream, Long.MAX_VALUE, stream::read, () -> {});
    }

    /** {@return what the bytes are called: for a file its path, as it was given} */
    public String name() {
        return name;
    }

    /** {@return where the file was when it was opened; null for what is no file, and so has no siblings} */
    public @Nullable Path path() {
        return path;
    }

    /** {@return the number of bytes when it was opened; of a stream what it is to have, or a number beyond any} */
    public long length() {
        return length;
    }

    /** {@return whether it is best read from the front to the back, in one thread} */
    boolean isSequential() {
        return reader.isSequential();
    }

    /** {@return whether it can be read once, in one thread, from the front to the back} */
    public boolean isStream() {
        return stream != null;
    }

    /**
     * Checks that the file ends where its header says. Of a stream that is known once it was read.
     *
     * @param position where the data begins
     * @param count how many bytes of it there should be
     * @throws FormatException when there are more or fewer
     */
    public void requireData(long position, long count) throws FormatException {
        if (stream != null) {
            length = position + count;
        } else if (count != length - position) {
            throw FormatException.of(
                    "expected %,d bytes of data at offset %,d, the file has %,d", count, position, length - position);
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @throws FormatException when it ends elsewhere than where its header says
     */
    public void requireEnd() throws IOException {
        if (stream == null) {
            return;
        }
        if (!stream.skipTo(length)) {
            throw cutShort(stream.position(), length);
        }
        if (stream.read(ByteBuffer.allocate(1), length) >= 0) {
            throw FormatException.of(
                    "expected the end at offset %,d, the stream has more; a stream holds one checkpoint and nothing else",
                    length);
        }
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
                throw stream == null
                        ? FormatException.of(
                                "the file ends at offset %,d, where it had %,d bytes when opened", at, length)
                        : cutShort(stream.position(), length == Long.MAX_VALUE ? at + target.remaining() : length);
            }
            if (read == 0) {
                throw new IOException(name + ": a read at offset " + at + " gave no byte");
            }
            at += read;
        }
    }

    /**
     * Says that bytes will be read piece by piece, in order.
     *
     * @param position where the first lies
     * @param count how many
     */
    public void willRead(long position, long count) {
        reader.willRead(position, count);
    }

    private static FormatException cutShort(long end, long expected) {
        return FormatException.of(
                "the stream ends at offset %,d, expected %,d bytes at least; it was cut short,"
                        + " so read it again from its source",
                end, expected);
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
        byte[] bytes = new byte[stream != null ? Math.min(count, FIRST_STREAMED_BYTES) : count];
        read(position, ByteBuffer.wrap(bytes));
        for (int done = bytes.length; done < count; done = bytes.length) {
            // what a stream only claims to have takes no memory
            bytes = Arrays.copyOf(bytes, (int) Math.min(count, done * 2L));
            read(position + done, ByteBuffer.wrap(bytes, done, bytes.length - done));
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
