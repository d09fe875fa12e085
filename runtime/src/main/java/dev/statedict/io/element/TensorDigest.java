package dev.statedict.io.element;

import dev.statedict.StoredType;
import dev.statedict.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a tensor's bytes as they are stored: row-major, little-endian. The same in every format. */
public final class TensorDigest {
    private static final int PIECE = 1 << 13;

    private TensorDigest() {}

    /**
     * The digest of a tensor.
     *
     * @param tensor its elements
     * @param stored the type that they are stored as
     * @return 64 hexadecimal digits
     */
    public static String of(Tensor tensor, StoredType stored) {
        MessageDigest sha256 = begin();
        StoredElements type = StoredElements.of(stored);
        ByteBuffer bytes = ByteBuffer.allocate(PIECE * type.size()).order(ByteOrder.LITTLE_ENDIAN);
        ElementRuns.forEach(tensor, type, (elements, at, count) -> {
            for (int done = 0; done < count; done += PIECE) {
                int piece = Math.min(PIECE, count - done);
                type.encode(elements, at + done, piece, bytes);
                sha256.update(bytes.array(), 0, piece * type.size());
            }
        });
        return end(sha256);
    }

    /** {@return the digest of nothing yet} */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    /**
     * A digest as files have it.
     *
     * @param sha256 of all bytes
     * @return 64 hexadecimal digits
     */
    public static String end(MessageDigest sha256) {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
