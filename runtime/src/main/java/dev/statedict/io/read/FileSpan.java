package dev.statedict.io.read;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.transfer.Crc32Sum;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a storage that tensors cover, to be read into one array. */
final class FileSpan {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /** What one thread reads at a time; a multiple of what its buffer takes. */
    private static final int SECTION_BYTES = 1 << 23;

    /** Elements of a span, for one thread to read. Their sum by CRC-32 is set by who reads them, if it is asked for. */
    static final class Section {
        final FileSpan span;
        final int first;
        final int count;
        long crc32;

        private Section(FileSpan span, int first, int count) {
            this.span = span;
            this.first = first;
            this.count = count;
        }

        FileBytes file() {
            return span.storage.file();
        }

        /** Where in the file its first element begins. */
        long position() {
            return span.storage.position()
                    + (span.start + first) * span.storage.elements().size();
        }

        long byteCount() {
            return (long) count * span.storage.elements().size();
        }
    }

    private final String key;
    private final FileStorage storage;
    private final List<Section> sections = new ArrayList<>();
    private long start = Long.MAX_VALUE;
    private long end;
    private @Nullable Object elements;

    /**
     * A span that covers nothing yet.
     *
     * @param key whose tensor is the first on the storage, for messages
     * @param storage where it lies
     */
    FileSpan(String key, FileStorage storage) {
        this.key = key;
        this.storage = storage;
    }

    void cover(FileTensor tensor) {
        if (tensor.numel() > 0) {
            start = Math.min(start, tensor.offset());
            end = Math.max(end, tensor.end());
        }
    }

    FileStorage storage() {
        return storage;
    }

    long length() {
        return Math.max(end - start, 0);
    }

    long byteCount() {
        return length() * storage.elements().size();
    }

    /** Splits the span, once all tensors are covered; an empty one has no sections. */
    List<Section> split() throws FormatException {
        storage.requireArray(key, length());
        int count = (int) length();
        int most = storage.file().isSequential()
                ? Math.max(count, 1)
                : SECTION_BYTES / storage.elements().size();
        for (int first = 0; first < count; first += Math.min(most, count - first)) {
            sections.add(new Section(this, first, Math.min(most, count - first)));
        }
        return sections;
    }

    /** The array, which the first thread that needs it makes: it is cleared in that thread. */
    synchronized Object elements() {
        Object array = elements;
        if (array == null) {
            Tensor made = Tensor.zeros(storage.elements().inMemory(), (int) length());
            array = TENSORS.array(made, 0);
            elements = array;
        }
        return array;
    }

    /** Sets the array: who reads a stream makes it as long as what has arrived, and in the end as long as the span. */
    synchronized void setElements(Object array) {
        elements = array;
    }

    /** The index in the storage of the span's first element. */
    long start() {
        return start;
    }

    /** Whether the file says what the sum by CRC-32 of exactly this span is. */
    boolean isSummed() {
        return storage.crc32().isPresent() && length() == storage.numel();
    }

    void verify() throws IOException {
        if (!isSummed()) {
            return;
        }
        int size = storage.elements().size();
        long crc32 = 0;
        for (Section section : sections) {
            crc32 = Crc32Sum.concatenate(crc32, section.crc32, (long) section.count * size);
        }
        storage.requireSum(crc32, Names.quote(key));
    }

    Tensor view(FileTensor tensor) {
        int offset = tensor.numel() == 0 ? 0 : (int) (tensor.offset() - start);
        return TENSORS.strided(elements(), offset, tensor.shape(), tensor.strides());
    }
}
