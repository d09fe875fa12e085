package dev.statedict.io.file;

import dev.statedict.io.element.ElementType;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Reads tensors of files into fresh arrays, through one buffer, whatever their size. Not for several threads at a time.
 */
public final class TensorReader {
    /** Large enough for the kernel, small enough for the second-level cache, through which every byte goes twice. */
    private static final int BUFFER_BYTES = 1 << 17;

    private static final ByteBuffer NONE = ByteBuffer.allocateDirect(0);

    /** The part of a storage that tensors cover, as one array. */
    private static final class Span {
        private final FileStorage storage;
        private long start = Long.MAX_VALUE;
        private long end;
        private float[] elements = new float[0];
        private boolean read;

        Span(FileStorage storage) {
            this.storage = storage;
        }

        void cover(FileTensor tensor) {
            if (tensor.numel() > 0) {
                start = Math.min(start, tensor.offset());
                end = Math.max(end, tensor.end());
            }
        }

        long length() {
            return Math.max(end - start, 0);
        }

        long byteCount() {
            return length() * storage.elements().size();
        }

        Tensor view(FileTensor tensor) {
            int offset = tensor.numel() == 0 ? 0 : (int) (tensor.offset() - start);
            return Tensor.strided(elements, offset, tensor.shape(), tensor.strides());
        }
    }

    private final boolean rounding;
    private final Progress progress;
    private ByteBuffer buffer = NONE;

    /**
     * A reader.
     *
     * @param rounding whether the nearest float32 will do
     * @param progress is told of each piece that was read
     */
    public TensorReader(boolean rounding, Progress progress) {
        this.rounding = rounding;
        this.progress = progress;
    }

    /**
     * Reads tensors. Those on one storage share one array, of the span that they cover together.
     *
     * @param tensors by key
     * @return fresh tensors in the same order
     * @throws IOException when a file cannot be read, is broken, or holds what float32 does not
     */
    public Map<String, Tensor> read(Map<String, FileTensor> tensors) throws IOException {
        Map<FileStorage, Span> spans = new LinkedHashMap<>();
        for (FileTensor tensor : tensors.values()) {
            spans.computeIfAbsent(tensor.storage(), Span::new).cover(tensor);
        }
        progress.begin(spans.values().stream().mapToLong(Span::byteCount).sum());
        Map<String, Tensor> read = new LinkedHashMap<>();
        for (Map.Entry<String, FileTensor> entry : tensors.entrySet()) {
            Span span = spans.computeIfAbsent(entry.getValue().storage(), Span::new);
            if (!span.read) {
                span.read = true;
                fill(span, tensors);
            }
            read.put(entry.getKey(), span.view(entry.getValue()));
        }
        return read;
    }

    private void fill(Span span, Map<String, FileTensor> tensors) throws IOException {
        FileStorage storage = span.storage;
        if (span.length() > FileTensor.MAX_ELEMENTS) {
            throw FormatException.of(
                    "the tensors at offset %,d share a storage of which they cover %,d elements; an array of Java holds"
                            + " at most %,d",
                    storage.position(), span.length(), FileTensor.MAX_ELEMENTS);
        }
        ElementType type = storage.elements();
        int count = (int) span.length();
        ByteBuffer bytes = buffer((long) count * type.size()).order(storage.order());
        CRC32 crc = storage.crc32().isPresent() && count == storage.numel() ? new CRC32() : null;
        span.elements = new float[count];
        for (int done = 0; done < count; ) {
            int piece = Math.min(count - done, bytes.capacity() / type.size());
            long first = span.start + done;
            bytes.clear().limit(piece * type.size());
            storage.file().read(storage.position() + first * type.size(), bytes);
            bytes.flip();
            if (crc != null) {
                crc.update(bytes);
                bytes.rewind();
            }
            int unfit = type.firstUnfit(bytes, piece, rounding);
            if (unfit >= 0) {
                throw unfit(storage, first + unfit, type.text(bytes, unfit), tensors);
            }
            type.decode(bytes, span.elements, done, piece);
            done += piece;
            progress.add(bytes.limit());
        }
        if (crc != null && crc.getValue() != storage.crc32().getAsLong()) {
            throw FormatException.of(
                    "the %,d bytes at offset %,d have CRC-32 %08x, expected %08x",
                    storage.numel() * type.size(),
                    storage.position(),
                    crc.getValue(),
                    storage.crc32().getAsLong());
        }
    }

    private ByteBuffer buffer(long wanted) {
        if (buffer.capacity() < Math.min(wanted, BUFFER_BYTES)) {
            // a multiple of every element's size
            buffer = ByteBuffer.allocateDirect((int) Math.min(wanted + 7 & ~7, BUFFER_BYTES));
        }
        return buffer;
    }

    private FormatException unfit(FileStorage storage, long element, String text, Map<String, FileTensor> tensors) {
        String mend = switch (storage.type()) {
            case BOOL -> "must be 0 or 1";
            default ->
                rounding
                        ? "is beyond the range of float32"
                        : "is not exact in float32; ReadOptions.allowRounding() takes the nearest";
        };
        return FormatException.of("%s: %s (%s) %s", place(storage, element, tensors), text, storage.type(), mend);
    }

    /** Names an element of a storage by key and indices, if it belongs to a tensor and does not lie between two. */
    private static String place(FileStorage storage, long element, Map<String, FileTensor> tensors) {
        for (Map.Entry<String, FileTensor> entry : tensors.entrySet()) {
            FileTensor tensor = entry.getValue();
            int[] indices = tensor.indicesOf(element);
            if (tensor.storage().equals(storage) && indices != null) {
                return Names.quote(entry.getKey()) + (indices.length == 0 ? "" : Arrays.toString(indices));
            }
        }
        return String.format("element %,d of the storage at offset %,d, between tensors", element, storage.position());
    }
}
