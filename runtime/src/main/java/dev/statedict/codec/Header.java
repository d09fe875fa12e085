package dev.statedict.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the elements: a start of {@value #START_BYTES} bytes (the magic, then the format's version and the
 * length of what follows as 32-bit integers) and JSON, padded by spaces so that the elements begin at a multiple of
 * {@value #ALIGNMENT}.
 *
 * @param blocks the arrays, in the order in which their elements lie
 * @param entries the entries in order
 * @param notes what is beside them
 */
public record Header(List<Block> blocks, List<Entry> entries, CodedDict.Notes notes) {
    /** How many bytes stand before the JSON. */
    public static final int START_BYTES = 16;

    /** At multiples of what blocks begin. */
    public static final int ALIGNMENT = 64;

    /** What the JSON may take. */
    static final int MAX_JSON_BYTES = 1_000_000_000;

    /** The JDK's own limit for arrays, a little below the largest int. */
    static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    /** As many as PyTorch's own kernels take. */
    static final int MAX_DIMENSIONS = 64;

    /**
     * How many elements a tensor may make of fewer, by a stride of 0 or by overlap, and how many rows all tensors may name
     * where there are fewer: it bounds what comes of a few bytes.
     */
    static final int MAX_EXPANDED = 1 << 24;

    // a first byte that is no ASCII and a last one that is a line's end, to find out what took the bytes for text
    private static final long MAGIC = magic('\u0097', 'S', 'T', 'D', 'I', 'C', 'T', '\n');
    private static final int VERSION = 1;

    /**
     * Arrays whose elements lie one behind the other.
     *
     * @param type what they are of
     * @param length how many elements each has
     * @param count how many they are; where more than one, each has an element
     * @param begin where the first begins, counted from the end of the header
     */
    public record Block(ArrayType type, int length, int count, long begin) {
        /** {@return where the last ends, counted as the begin} */
        public long end() {
            return begin + (long) length * count * type.size();
        }
    }

    /**
     * Arrays by number.
     *
     * @param first the number of the first, in the order of all blocks
     * @param count how many
     */
    public record Run(int first, int count) {}

    /**
     * An entry, whose arrays have the elements that it leads to.
     *
     * @param key its key
     * @param type what its arrays are of
     * @param onRows whether it lies on rows
     * @param arrays a run of one array, or the rows
     * @param offset as of a {@link CodedTensor}, in what of the array is there
     * @param shape as of a {@link CodedTensor}
     * @param strides as of a {@link CodedTensor}
     * @param role as of a {@link CodedEntry}
     * @param storedType as of a {@link CodedEntry}
     */
    public record Entry(
            String key,
            ArrayType type,
            boolean onRows,
            List<Run> arrays,
            int offset,
            int[] shape,
            int[] strides,
            @Nullable String role,
            @Nullable String storedType) {}

    private static long magic(char... bytes) {
        long magic = 0;
        for (int i = 0; i < bytes.length; i++) {
            magic |= (long) bytes[i] << i * Byte.SIZE;
        }
        return magic;
    }

    /**
     * Whether bytes begin as these do.
     *
     * @param start little-endian, read from position 0
     * @return whether the magic is there
     */
    public static boolean recognizes(ByteBuffer start) {
        return start.limit() >= Long.BYTES && start.getLong(0) == MAGIC;
    }

    /**
     * Reads the start.
     *
     * @param start its bytes, little-endian, read from position 0
     * @return how many bytes of JSON follow
     * @throws CodecException when it is of another format, or of a later version
     */
    public static int jsonLength(ByteBuffer start) throws CodecException {
        if (!recognizes(start)) {
            throw new CodecException("the first 8 bytes are not those of a state dict");
        }
        int version = start.getInt(Long.BYTES);
        if (version != VERSION) {
            throw new CodecException("version " + Integer.toUnsignedString(version)
                    + " of the format; this statedict reads version " + VERSION + ", perhaps a later one reads it");
        }
        int length = start.getInt(Long.BYTES + Integer.BYTES);
        if (length < 0 || length > MAX_JSON_BYTES || (START_BYTES + length) % ALIGNMENT != 0) {
            throw CodecException.of(
                    "expected a header of at most %,d bytes that ends at a multiple of %d, the start says %s",
                    MAX_JSON_BYTES, ALIGNMENT, Integer.toUnsignedString(length));
        }
        return length;
    }

    /**
     * Reads the JSON, and checks that each entry leads to elements that its arrays have.
     *
     * @param json as many bytes as the start says
     * @return the header
     * @throws CodecException when it breaks a rule
     */
    public static Header parse(byte[] json) throws CodecException {
        return HeaderParser.parse(json);
    }

    /**
     * The first multiple of the alignment that is not before a position.
     *
     * @param position counted from the end of the header
     * @return where a block behind it begins
     */
    static long aligned(long position) {
        return position + ALIGNMENT - 1 & -ALIGNMENT;
    }

    /** {@return where the last block ends, counted from the end of the header} */
    public long dataLength() {
        return blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).end();
    }

    /**
     * The header as bytes.
     *
     * @return start and JSON
     * @throws IllegalArgumentException when a text holds half of a surrogate pair, or there is too much of it
     */
    public byte[] toBytes() {
        byte[] json = HeaderText.of(this);
        int length = (int) aligned(START_BYTES + (long) json.length);
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(length - START_BYTES).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.array();
    }
}
