package dev.statedict.io.write;

import dev.statedict.StoredType;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.element.TensorDigest;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Something to be written under a key.
 *
 * @param key its key
 * @param values its elements
 * @param type as which to store them; it holds every one, or was asked for
 */
public record StoredEntry(String key, Values values, StoredType type) {
    private static final int PIECE_BYTES = 1 << 16;

    /**
     * A tensor to be written.
     *
     * @param key its key
     * @param tensor its elements
     * @param type as which to store them; it holds every one, or was asked for
     */
    public StoredEntry(String key, Tensor tensor, StoredType type) {
        this(key, Values.of(tensor), type);
    }

    /**
     * This entry, if it is of a floating-point type, as another one.
     *
     * @param requested the floating-point type, if any
     * @return this entry when nothing is to be changed
     * @throws IllegalArgumentException when an element is too large for the type, and that is known before it is written
     */
    public StoredEntry as(@Nullable StoredType requested) {
        if (requested == null || !elements().isFloatingPoint()) {
            return this;
        }
        values.requireRange(key, requested);
        return new StoredEntry(key, values, requested);
    }

    /** {@return how the elements lie in bytes} */
    public StoredElements elements() {
        return StoredElements.of(type);
    }

    /** {@return the number of bytes that the elements take} */
    public long byteCount() {
        return values.numel() * elements().size();
    }

    /**
     * Copies elements in row-major order.
     *
     * @param first the place of the first
     * @param target little-endian, filled up to its limit
     * @throws IOException when they cannot be had
     */
    public void copy(long first, ByteBuffer target) throws IOException {
        values.copy(type, first, target);
    }

    /**
     * The digest of the elements as they are stored.
     *
     * @return 64 hexadecimal digits
     * @throws IOException when they cannot be had
     */
    public String digest() throws IOException {
        MessageDigest sha256 = TensorDigest.begin();
        int size = elements().size();
        ByteBuffer bytes = ByteBuffer.allocate(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long numel = values.numel();
        for (long first = 0; first < numel; first += bytes.limit() / size) {
            copy(first, bytes.clear().limit((int) Math.min(PIECE_BYTES, (numel - first) * size)));
            sha256.update(bytes.flip());
        }
        return TensorDigest.end(sha256);
    }
}
