package dev.statedict.io.read;

import dev.statedict.StoredType;
import dev.statedict.io.element.StoredElements;
import java.nio.ByteOrder;
import java.util.OptionalLong;

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
}
