package dev.statedict.io.read;

import dev.statedict.io.element.StoredElements;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.transfer.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;

/** Reads sections of storages through a buffer of its own. In one thread at a time. */
final class SectionReader {
    /** Large enough for the kernel, small enough for the cache, through which every byte goes twice. */
    static final int LARGE_BUFFER = 1 << 20;

    /** For a tensor or two: a new buffer costs as much as reading what it holds. */
    static final int SMALL_BUFFER = 1 << 18;

    private final Progress progress;
    private final int bufferBytes;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    /**
     * A reader.
     *
     * @param progress is told of each piece that was read
     * @param bufferBytes how large the buffer becomes, if need be
     */
    SectionReader(Progress progress, int bufferBytes) {
        this.progress = progress;
        this.bufferBytes = bufferBytes;
    }

    /**
     * Reads a section into the array of its span.
     *
     * @param section the section; its sum is set if its file has one
     * @param tensors by key, for messages
     * @throws IOException when the file cannot be read, or holds what no type of Java's does
     */
    void read(FileSpan.Section section, Map<String, FileTensor> tensors) throws IOException {
        FileStorage storage = section.span.storage();
        StoredElements type = storage.elements();
        ByteBuffer bytes = buffer((long) section.count * type.size()).order(storage.order());
        CRC32 crc = section.span.isSummed() ? new CRC32() : null;
        Object elements = section.span.elements();
        for (int done = 0; done < section.count; ) {
            int piece = Math.min(section.count - done, bytes.capacity() / type.size());
            int at = section.first + done;
            long element = section.span.start() + at;
            bytes.clear().limit(piece * type.size());
            storage.file().read(storage.position() + element * type.size(), bytes);
            bytes.flip();
            if (crc != null) {
                crc.update(bytes);
                bytes.rewind();
            }
            decode(storage, element, bytes, piece, elements, at, tensors);
            done += piece;
            progress.add(bytes.limit());
        }
        section.crc32 = crc == null ? 0 : crc.getValue();
    }

    /**
     * Decodes elements of a storage.
     *
     * @param element the index in the storage of the first
     * @param bytes from position 0 on, in the storage's order
     * @param count how many
     * @param elements where to write, an array of the type in memory
     * @param at the index there of the first
     * @param tensors by key, for messages
     * @throws FormatException when one of them is nothing that a type of Java's holds
     */
    static void decode(
            FileStorage storage,
            long element,
            ByteBuffer bytes,
            int count,
            Object elements,
            int at,
            Map<String, FileTensor> tensors)
            throws FormatException {
        StoredElements type = storage.elements();
        int unfit = type.firstUnfit(bytes, count);
        if (unfit >= 0) {
            throw storage.unfit(place(storage, element + unfit, tensors), type.text(bytes, unfit));
        }
        type.decode(bytes, elements, at, count);
    }

    private ByteBuffer buffer(long wanted) {
        if (buffer.capacity() < Math.min(wanted, bufferBytes)) {
            // a multiple of every element's size
            buffer = ByteBuffer.allocateDirect((int) Math.min(wanted + 7 & ~7, bufferBytes));
        }
        return buffer;
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
