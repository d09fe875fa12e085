package dev.statedict.io.read;

import dev.statedict.io.element.StoredElements;
import dev.statedict.io.transfer.Crc32Sum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Elements of a storage as they lie in a file, for whoever writes them elsewhere: read piece by piece, in any order and in
 * any number of threads, into the caller's buffer and nowhere else. They are checked as those of a tensor are that is read;
 * the sum of a whole storage once the last piece of it was read.
 */
public final class ElementStream {
    /** Bytes that were read, and their sum. */
    private record Summed(long count, long crc32) {}

    private final FileStorage storage;
    private final long first;
    private final long numel;
    private final String place;
    private final Map<Long, Summed> sums = new TreeMap<>();
    private long summed;

    /**
     * A stretch of elements.
     *
     * @param storage where they lie
     * @param first the index of the first
     * @param numel how many
     * @param place what they are called in messages
     */
    public ElementStream(FileStorage storage, long first, long numel, String place) {
        this.storage = storage;
        this.first = first;
        this.numel = numel;
        this.place = place;
    }

    /**
     * Reads elements.
     *
     * @param from the index of the first among these
     * @param target filled up to its limit with whole elements, little-endian
     * @throws IOException when they cannot be read, are no values of their type, or are the last and the sum is another
     */
    public void read(long from, ByteBuffer target) throws IOException {
        StoredElements type = storage.elements();
        int size = type.size();
        ByteBuffer bytes = target.slice().order(storage.order());
        storage.file().read(storage.position() + (first + from) * size, target);
        int unfit = type.firstUnfit(bytes, bytes.capacity() / size);
        if (unfit >= 0) {
            throw storage.unfit(place + ", element " + (from + unfit), type.text(bytes, unfit));
        }
        if (storage.crc32().isPresent() && numel == storage.numel()) {
            CRC32 crc32 = new CRC32();
            crc32.update(bytes.duplicate());
            sum(from * size, new Summed(bytes.capacity(), crc32.getValue()));
        }
        if (storage.order() == ByteOrder.BIG_ENDIAN) {
            reverse(bytes, size);
        }
    }

    private static void reverse(ByteBuffer bytes, int size) {
        for (int element = 0; element < bytes.capacity(); element += size) {
            for (int i = 0; i < size / 2; i++) {
                byte one = bytes.get(element + i);
                bytes.put(element + i, bytes.get(element + size - 1 - i));
                bytes.put(element + size - 1 - i, one);
            }
        }
    }

    /** When all are read their sums make that of the storage, and the next reading begins anew. */
    private synchronized void sum(long from, Summed piece) throws IOException {
        Summed before = sums.put(from, piece);
        summed += piece.count - (before == null ? 0 : before.count);
        if (summed < numel * storage.elements().size()) {
            return;
        }
        long crc32 = 0;
        for (Summed next : sums.values()) {
            crc32 = Crc32Sum.concatenate(crc32, next.crc32, next.count);
        }
        sums.clear();
        summed = 0;
        storage.requireSum(crc32, place);
    }

    /** {@return how its elements lie in bytes} */
    public StoredElements elements() {
        return storage.elements();
    }
}
