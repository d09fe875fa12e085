package dev.statedict.io.write;

import dev.statedict.io.transfer.ParallelWork;
import dev.statedict.io.transfer.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes and tensors that lie one behind the other in a file. They are written by position, piece by piece, by a few threads
 * that have a buffer each.
 */
public final class TensorWriter {
    private final boolean summing;
    private final List<FilePart> parts = new ArrayList<>();
    /** Which part the first byte of each piece belongs to. */
    private final List<Integer> firstParts = new ArrayList<>();

    private long length;

    /**
     * An empty file.
     *
     * @param summing whether its parts are to be summed by CRC-32
     */
    public TensorWriter(boolean summing) {
        this.summing = summing;
    }

    /** {@return how many bytes there are so far} */
    public long length() {
        return length;
    }

    /**
     * Adds bytes.
     *
     * @param bytes not to be changed until they are written
     * @return their place
     */
    public FilePart add(byte[] bytes) {
        return add(FilePart.of(length, bytes));
    }

    /**
     * Adds the elements of an entry, row-major and little-endian.
     *
     * @param entry the entry
     * @return their place
     * @throws IllegalArgumentException when there are bytes before it that are not a multiple of its elements' size
     */
    public FilePart add(StoredEntry entry) {
        return add(FilePart.of(length, entry));
    }

    private FilePart add(FilePart part) {
        length += part.length();
        while ((long) firstParts.size() * FilePart.PIECE_BYTES < length) {
            firstParts.add(parts.size());
        }
        parts.add(part);
        return summing ? part.summed() : part;
    }

    /**
     * Writes everything.
     *
     * @param channel the file, empty
     * @param progress is told of the bytes of tensors
     * @throws IOException when the file takes no more
     */
    public void writeTo(FileChannel channel, Progress progress) throws IOException {
        List<ParallelWork.Worker> workers = new ArrayList<>();
        for (int thread = 0; thread < ParallelWork.threads(length); thread++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(FilePart.PIECE_BYTES, length))
                    .order(ByteOrder.LITTLE_ENDIAN);
            workers.add(piece -> writePiece(piece, buffer, channel, progress));
        }
        ParallelWork.run(firstParts.size(), workers);
        progress.end();
    }

    private void writePiece(int piece, ByteBuffer buffer, FileChannel channel, Progress progress) throws IOException {
        long start = (long) piece * FilePart.PIECE_BYTES;
        int end = (int) Math.min(FilePart.PIECE_BYTES, length - start);
        long elementBytes = 0;
        int done = 0;
        for (int i = firstParts.get(piece); done < end; i++) {
            FilePart part = parts.get(i);
            long from = start + done - part.position();
            int count = (int) Math.min(part.length() - from, end - done);
            part.copy(from, buffer.limit(done + count).position(done));
            done += count;
            elementBytes += part.isElements() ? count : 0;
        }
        buffer.position(0);
        for (long at = start; buffer.hasRemaining(); ) {
            at += channel.write(buffer, at);
        }
        if (elementBytes > 0) {
            progress.add(elementBytes);
        }
    }
}
