package dev.statedict.io.read;

import dev.statedict.StoredType;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.transfer.Crc32Sum;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/**
 * A run of elements in a file, unread. Tensors on one storage share one array once they are read; so a storage is equal
 * to itself alone: two that are empty may lie at the same place.
 */
public final class FileStorage {
    private final FileBytes file;
    private final long position;
    private final long numel;
    private final long byteCount;
    private final StoredType type;
    private final ByteOrder order;
    private final OptionalLong crc32;

    /**
     * A run of elements without a sum.
     *
     * @param file the file, which has all the bytes
     * @param position where the first element begins
     * @param numel the number of elements
     * @param type what they are
     * @param order the order of the bytes of each
     */
    public FileStorage(FileBytes file, long position, long numel, StoredType type, ByteOrder order) {
        this(file, position, numel, numel * StoredElements.of(type).size(), type, order, OptionalLong.empty());
    }

    /**
     * A run of elements.
     *
     * @param file the file, which has all the bytes
     * @param position where the first element begins
     * @param numel the number of elements
     * @param byteCount the number of bytes; there may be some behind the last element, fewer than another would take
     * @param type what they are
     * @param order the order of the bytes of each
     * @param crc32 the CRC-32 of all the bytes, where the file has one
     */
    public FileStorage(
            FileBytes file,
            long position,
            long numel,
            long byteCount,
            StoredType type,
            ByteOrder order,
            OptionalLong crc32) {
        this.file = file;
        this.position = position;
        this.numel = numel;
        this.byteCount = byteCount;
        this.type = type;
        this.order = order;
        this.crc32 = crc32;
    }

    FileBytes file() {
        return file;
    }

    long position() {
        return position;
    }

    long numel() {
        return numel;
    }

    long byteCount() {
        return byteCount;
    }

    /** {@return whether it is best read from the first element to the last, in one thread} */
    public boolean isSequential() {
        return file.isSequential();
    }

    /**
     * Checks that an array holds as many of its elements as tensors cover together.
     *
     * @param key of one of them
     * @param covered how many
     * @throws FormatException when there are more
     */
    public void requireArray(String key, long covered) throws FormatException {
        if (covered > FileTensor.MAX_ELEMENTS) {
            throw FormatException.of(
                    "%s: the tensors at offset %,d share a storage of which they cover %,d elements; an array of Java holds"
                            + " at most %,d",
                    Names.quote(key), position, covered, FileTensor.MAX_ELEMENTS);
        }
    }

    /** {@return the type of its elements} */
    public StoredType type() {
        return type;
    }

    /** {@return how its elements lie in bytes} */
    public StoredElements elements() {
        return StoredElements.of(type);
    }

    ByteOrder order() {
        return order;
    }

    OptionalLong crc32() {
        return crc32;
    }

    /**
     * Checks the sum of all bytes.
     *
     * @param ofElements that of the elements, without the bytes behind the last one
     * @param place who is to blame, for messages
     * @throws IOException when the file says another, or cannot be read
     */
    void requireSum(long ofElements, String place) throws IOException {
        long found = ofElements;
        int rest = (int) (byteCount - numel * elements().size());
        if (rest > 0) {
            CRC32 behind = new CRC32();
            behind.update(file.read(position + byteCount - rest, rest));
            found = Crc32Sum.concatenate(found, behind.getValue(), rest);
        }
        if (crc32.isPresent() && found != crc32.getAsLong()) {
            String where = file.isSequential() ? "inflated" : String.format(Locale.ROOT, "at offset %,d", position);
            throw FormatException.of(
                    "%s: the %,d bytes %s have CRC-32 %08x, expected %08x",
                    place, byteCount, where, found, crc32.getAsLong());
        }
    }

    /** The problem that an element is no value of its type, or none that a type of Java's holds. */
    FormatException unfit(String place, String text) {
        String mend =
                type == StoredType.BOOL ? "must be 0 or 1" : "is beyond the range of a long; save it as another type";
        return FormatException.of("%s: %s (%s) %s", place, text, type, mend);
    }
}
