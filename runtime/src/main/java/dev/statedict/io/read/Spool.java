package dev.statedict.io.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A stream that was read to its end, so that it can be read by position: in memory up to a limit, beyond that in a temporary
 * file, which is gone when it is closed. Memory grows with what has arrived.
 */
public final class Spool {
    private static final int CHUNK_BYTES = 1 << 18;

    private Spool() {}

    /**
     * Reads the beginning of a stream.
     *
     * @param stream the stream
     * @param most how many bytes
     * @return as many, or fewer where the stream ends
     * @throws IOException when it cannot be read
     */
    public static byte[] start(InputStream stream, int most) throws IOException {
        return StreamBytes.readChunk(stream, most, 0);
    }

    /**
     * Reads a stream to its end.
     *
     * @param name for messages
     * @param start what was already read of it, less than a hundred thousand bytes
     * @param rest the stream; not closed
     * @param limit the most bytes that are held in memory
     * @return its bytes
     * @throws IOException when it cannot be read, or the temporary file takes no more
     */
    public static FileBytes of(String name, byte[] start, InputStream rest, long limit) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        long length = 0;
        while (length <= limit) {
            int known = chunks.isEmpty() ? start.length : 0;
            byte[] chunk = StreamBytes.readChunk(rest, CHUNK_BYTES - known, length);
            if (known > 0) {
                byte[] first = Arrays.copyOf(start, known + chunk.length);
                System.arraycopy(chunk, 0, first, known, chunk.length);
                chunk = first;
            }
            chunks.add(chunk);
            length += chunk.length;
            if (chunk.length < CHUNK_BYTES) {
                return FileBytes.of(name, length, (target, position) -> read(chunks, target, position), () -> {});
            }
        }
        return inFile(name, chunks, rest, length);
    }

    private static int read(List<byte[]> chunks, ByteBuffer target, long position) {
        byte[] chunk = chunks.get((int) (position / CHUNK_BYTES));
        int from = (int) (position % CHUNK_BYTES);
        int count = Math.min(target.remaining(), chunk.length - from);
        target.put(chunk, from, count);
        return count == 0 ? -1 : count;
    }

    private static FileBytes inFile(String name, List<byte[]> chunks, InputStream stream, long inMemory)
            throws IOException {
        Path file = Files.createTempFile("statedict-", ".tmp");
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            for (byte[] chunk : chunks) {
                write(channel, chunk);
            }
            long length = inMemory;
            for (int last = CHUNK_BYTES; last == CHUNK_BYTES; ) {
                byte[] chunk = StreamBytes.readChunk(stream, CHUNK_BYTES, length);
                write(channel, chunk);
                last = chunk.length;
                length += last;
            }
            return FileBytes.of(name, length, channel::read, (Closeable) channel);
        } catch (IOException | RuntimeException | Error failed) {
            channel.close();
            throw failed;
        }
    }

    private static void write(FileChannel channel, byte[] chunk) throws IOException {
        for (ByteBuffer rest = ByteBuffer.wrap(chunk); rest.hasRemaining(); ) {
            channel.write(rest);
        }
    }
}
