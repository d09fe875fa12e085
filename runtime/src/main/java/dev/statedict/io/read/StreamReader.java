package dev.statedict.io.read;

import dev.statedict.io.transfer.ParallelWork;
import dev.statedict.io.transfer.Progress;
import dev.statedict.io.transfer.Relay;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads tensors that lie one behind the other in a stream, in one pass: the calling thread reads, and a helper decodes where
 * that is faster. What the header says of lengths is a claim until the bytes are there, so arrays grow with what has arrived.
 */
final class StreamReader {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /** What is read at a time: a piece is decoded while it is still in the processors' caches. */
    private static final int PIECE_BYTES = 1 << 18;

    /** What an array may have before anything has arrived. */
    private static final long FIRST_BYTES = 1 << 24;

    /** How many times what has arrived an array may have: a tensor that is all of a file is copied 1/3 times while it grows. */
    private static final int GROWTH = 4;

    private final Map<String, FileTensor> tensors;
    private final Deque<FileSpan> waiting;
    private final AtomicLong decoded = new AtomicLong();
    /** Where in the stream the next buffer begins. */
    private long position;

    private @Nullable FileSpan current;
    private @Nullable Object array;
    private int capacity;
    private int done;
    private long arrived;
    /** The beginning of an element whose rest is in the next buffer. */
    private final ByteBuffer split = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private StreamReader(List<FileSpan> spans, Map<String, FileTensor> tensors, long position) {
        this.waiting = new ArrayDeque<>(spans);
        this.tensors = tensors;
        this.position = position;
    }

    /**
     * Reads spans into their arrays.
     *
     * @param spans of whole storages on one stream, of which no two overlap
     * @param tensors by key, for messages
     * @param progress is told of each piece
     * @throws IOException when the stream cannot be read, ends, or holds what no type of Java's does
     */
    static void read(List<FileSpan> spans, Map<String, FileTensor> tensors, Progress progress) throws IOException {
        List<FileSpan> inOrder = spans.stream()
                .filter(span -> span.length() > 0)
                .sorted(Comparator.comparingLong(span -> span.storage().position()))
                .toList();
        long bytes = inOrder.stream().mapToLong(FileSpan::byteCount).sum();
        progress.begin(bytes);
        if (!inOrder.isEmpty()) {
            FileStorage first = inOrder.get(0).storage();
            FileStorage last = inOrder.get(inOrder.size() - 1).storage();
            new StreamReader(inOrder, tensors, first.position())
                    .read(first.file(), last.position() + last.byteCount(), ParallelWork.threads(bytes), progress);
        }
        progress.end();
    }

    private void read(FileBytes stream, long end, int threads, Progress progress) throws IOException {
        long next = position;
        long pieces = (end - next + PIECE_BYTES - 1) / PIECE_BYTES;
        try (Relay relay = new Relay((buffer, piece) -> decode(buffer), threads)) {
            Deque<ByteBuffer> free =
                    new ArrayDeque<>(List.of(relay.buffers(pieces, (int) Math.min(PIECE_BYTES, end - next))));
            int given = 0;
            while (next < end || given > 0) {
                if (next < end && !free.isEmpty() && (given == 0 || !relay.isAlone())) {
                    ByteBuffer buffer = free.pop().clear();
                    buffer.limit((int) Math.min(buffer.capacity(), end - next));
                    stream.read(next, buffer);
                    next += buffer.limit();
                    relay.give(buffer.flip());
                    given++;
                } else {
                    free.push(relay.take());
                    given--;
                    long more = decoded.getAndSet(0);
                    if (more > 0) {
                        progress.add(more);
                    }
                }
            }
        }
    }

    /** Decodes what a buffer holds of the spans, which go on from one buffer to the next. */
    private void decode(ByteBuffer buffer) throws IOException {
        arrived += buffer.limit();
        long start = position;
        position += buffer.limit();
        for (FileSpan span = current(); span != null; span = current()) {
            FileStorage storage = span.storage();
            int size = storage.elements().size();
            long at = storage.position() + (span.start() + done) * size + split.position();
            if (at >= position) {
                return;
            }
            buffer.position((int) (at - start));
            if (split.position() > 0 || buffer.remaining() < size) {
                while (split.position() < size && buffer.hasRemaining()) {
                    split.put(buffer.get());
                }
                if (split.position() < size) {
                    return;
                }
                decode(span, split.flip(), 1);
                split.clear();
            } else {
                int count = (int) Math.min(buffer.remaining() / size, span.length() - done);
                decode(span, buffer.slice(), count);
            }
        }
    }

    private void decode(FileSpan span, ByteBuffer bytes, int count) throws IOException {
        FileStorage storage = span.storage();
        SectionReader.decode(
                storage, span.start() + done, bytes.order(storage.order()), count, array(span, count), done, tensors);
        done += count;
        decoded.addAndGet((long) count * storage.elements().size());
        if (done == span.length()) {
            current = null;
        }
    }

    /** The span that bytes belong to; null when all are whole. */
    private @Nullable FileSpan current() {
        if (current == null && !waiting.isEmpty()) {
            current = waiting.remove();
            array = null;
            capacity = 0;
            done = 0;
        }
        return current;
    }

    /** The span's array, with room for some elements more. */
    private Object array(FileSpan span, int more) {
        Object elements = array;
        if (elements == null || capacity < done + more) {
            int size = span.storage().elements().size();
            long allowed = Math.max(done + (long) more, (arrived * GROWTH + FIRST_BYTES) / size);
            capacity = (int) Math.min(span.length(), allowed);
            Object longer = TENSORS.array(Tensor.zeros(span.storage().elements().inMemory(), capacity), 0);
            if (elements != null) {
                System.arraycopy(elements, 0, longer, 0, done);
            }
            elements = longer;
            array = elements;
            span.setElements(elements);
        }
        return elements;
    }
}
