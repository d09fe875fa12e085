package dev.statedict.io.write;

import dev.statedict.io.transfer.ParallelWork;
import dev.statedict.io.transfer.Progress;
import dev.statedict.io.transfer.Relay;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Bytes and tensors that lie one behind the other in a file. To a file they are written by position, piece by piece, by a few
 * threads that have a buffer each; to a stream by the calling thread, while a helper prepares the next piece.
 */
public final class TensorWriter implements FileImage {
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

    @Override
    public long elementBytes() {
        return parts.stream()
                .filter(FilePart::isElements)
                .mapToLong(FilePart::length)
                .sum();
    }

    @Override
    public void writeTo(FileChannel channel, Progress progress) throws IOException {
        inParallel((piece, buffer) -> {
            long elementBytes = fill(piece, buffer, FilePart::copyAndSum);
            long at = (long) piece * FilePart.PIECE_BYTES;
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
            if (elementBytes > 0) {
                progress.add(elementBytes);
            }
        });
        progress.end();
    }

    /**
     * Makes the sums without writing anything, for a stream in which they go before what they sum.
     *
     * @throws IOException when what is to be written cannot be had
     */
    public void sum() throws IOException {
        inParallel((piece, buffer) -> fill(piece, buffer, FilePart::copyAndSum));
    }

    /** Writes everything in one pass, without making sums. */
    @Override
    public void writeTo(OutputStream stream, Progress progress) throws IOException {
        int pieces = firstParts.size();
        AtomicLongArray elementBytes = new AtomicLongArray(pieces);
        try (Relay relay = new Relay(
                (buffer, piece) -> elementBytes.set(piece, fill(piece, buffer, FilePart::copy)),
                ParallelWork.threads(length))) {
            int given = 0;
            for (ByteBuffer buffer : relay.buffers(pieces, (int) Math.min(FilePart.PIECE_BYTES, length))) {
                relay.give(buffer);
                given++;
            }
            for (int piece = 0; piece < pieces; piece++) {
                ByteBuffer buffer = relay.take();
                stream.write(buffer.array(), 0, buffer.limit());
                if (given < pieces) {
                    relay.give(buffer);
                    given++;
                }
                if (elementBytes.get(piece) > 0) {
                    progress.add(elementBytes.get(piece));
                }
            }
        }
        progress.end();
    }

    /** Does something with each piece. */
    private interface PieceWork {
        void accept(int piece, ByteBuffer buffer) throws IOException;
    }

    private void inParallel(PieceWork work) throws IOException {
        List<ParallelWork.Worker> workers = new ArrayList<>();
        for (int thread = 0; thread < ParallelWork.threads(length); thread++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(FilePart.PIECE_BYTES, length))
                    .order(ByteOrder.LITTLE_ENDIAN);
            workers.add(piece -> work.accept(piece, buffer));
        }
        ParallelWork.run(firstParts.size(), workers);
    }

    /** Copies bytes of a part. */
    private interface Copying {
        void copy(FilePart part, long from, ByteBuffer target) throws IOException;
    }

    /**
     * Prepares a piece.
     *
     * @param buffer from its beginning on to be written then
     * @return how many of its bytes are of tensors
     */
    private long fill(int piece, ByteBuffer buffer, Copying copying) throws IOException {
        long start = (long) piece * FilePart.PIECE_BYTES;
        int end = (int) Math.min(FilePart.PIECE_BYTES, length - start);
        long elementBytes = 0;
        int done = 0;
        for (int i = firstParts.get(piece); done < end; i++) {
            FilePart part = parts.get(i);
            long from = start + done - part.position();
            int count = (int) Math.min(part.length() - from, end - done);
            copying.copy(part, from, buffer.limit(done + count).position(done));
            done += count;
            elementBytes += part.isElements() ? count : 0;
        }
        buffer.position(0);
        return elementBytes;
    }
}
