package dev.statedict.io.file;

import dev.statedict.StoredType;
import dev.statedict.io.element.ElementType;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * A run of elements in a file, unread. Tensors on equal storages share one array once they are read.
 *
 * @param file the file, which has all the bytes
 * @param position where the first element begins
 * @param numel the number of elements
 * @param type what they are
 * @param order the order of the bytes of each
 * @param crc32 the CRC-32 of all its bytes, where the format has one
 */
public record FileStorage(
        FileBytes file, long position, long numel, StoredType type, ByteOrder order, OptionalLong crc32) {

    /** {@return how its elements lie in bytes} */
    public ElementType elements() {
        return ElementType.of(type);
    }
}
