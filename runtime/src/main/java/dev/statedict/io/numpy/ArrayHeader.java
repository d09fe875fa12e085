package dev.statedict.io.numpy;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.read.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * What stands before the elements of an array: a magic, a version, and a dict as Python prints it.
 *
 * @param type what the array is of
 * @param isFortran whether its elements lie in column-major order
 * @param shape its sizes, as the file says them
 * @param bytes all bytes of the header
 */
record ArrayHeader(Dtype type, boolean isFortran, long[] shape, byte[] bytes) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int START_BYTES = 12;
    private static final int ALIGNMENT = 64;

    /** What is read of a header; more than ten times what NumPy itself reads by default. */
    private static final int MAX_BYTES = 1 << 17;

    /** How long the size of the dimension along which NumPy lets an array grow may become, in place. */
    private static final int GROWTH_DIGITS = 21;

    /** Whether bytes begin as an array does. */
    static boolean recognizes(FileBytes file, long position, long length) throws IOException {
        return length >= START_BYTES
                && file.read(position, MAGIC.length)
                        .equals(ByteBuffer.wrap(MAGIC).order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Reads a header.
     *
     * @param file the file
     * @param position where the array begins
     * @param length how many bytes there are of it
     * @throws FormatException when it breaks a rule
     */
    static ArrayHeader read(FileBytes file, long position, long length) throws IOException {
        if (length < START_BYTES) {
            throw FormatException.of("expected an array of NumPy of %d bytes or more, found %,d", START_BYTES, length);
        }
        ByteBuffer start = file.read(position, START_BYTES);
        int version = start.get(6);
        if (version < 1 || version > 3 || start.get(7) != 0) {
            throw FormatException.of(
                    "version %d.%d of NumPy's format, expected 1.0, 2.0 or 3.0; save it again by NumPy",
                    version, start.get(7));
        }
        int before = version == 1 ? START_BYTES - Short.BYTES : START_BYTES;
        long textLength = version == 1 ? start.getShort(8) & 0xffff : start.getInt(8) & 0xffffffffL;
        if (textLength > Math.min(length - before, MAX_BYTES)) {
            throw FormatException.of(
                    "expected a header of at most %,d bytes, it says %,d",
                    Math.min(length - before, MAX_BYTES), textLength);
        }
        byte[] bytes = file.read(position, before + (int) textLength).array();
        String text = new String(
                bytes, before, (int) textLength, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        try {
            return of(PythonLiteral.parse(text), bytes);
        } catch (IllegalArgumentException broken) {
            throw new FormatException("the header of an array of NumPy: " + broken.getMessage());
        }
    }

    private static ArrayHeader of(Object literal, byte[] bytes) {
        if (!(literal instanceof Map<?, ?> dict) || !dict.keySet().equals(Set.of("descr", "fortran_order", "shape"))) {
            throw new IllegalArgumentException("expected a dict of descr, fortran_order and shape");
        }
        if (!(dict.get("fortran_order") instanceof Boolean isFortran)) {
            throw new IllegalArgumentException("expected fortran_order to be True or False");
        }
        if (!(dict.get("shape") instanceof List<?> sizes) || !sizes.stream().allMatch(Long.class::isInstance)) {
            throw new IllegalArgumentException("expected shape to be a tuple of whole numbers");
        }
        Object descr = dict.get("descr");
        long[] shape = sizes.stream().mapToLong(size -> (Long) size).toArray();
        return new ArrayHeader(Dtype.of(descr == null ? "" : descr), isFortran, shape, bytes);
    }

    /** The header of an array as {@code numpy.save} writes it, to the byte. */
    static byte[] of(String descr, boolean isFortran, int[] shape) {
        StringJoiner sizes = new StringJoiner(", ", "(", shape.length == 1 ? ",)" : ")");
        for (int size : shape) {
            sizes.add(Integer.toString(size));
        }
        StringBuilder text = new StringBuilder("{'descr': '" + descr + "', 'fortran_order': "
                + (isFortran ? "True" : "False") + ", 'shape': " + sizes + ", }");
        if (shape.length > 0) {
            String growing = Integer.toString(shape[isFortran ? shape.length - 1 : 0]);
            text.append(" ".repeat(GROWTH_DIGITS - growing.length()));
        }
        int before = START_BYTES - Short.BYTES;
        text.append(" ".repeat(ALIGNMENT - (before + text.length() + 1) % ALIGNMENT))
                .append('\n');
        ByteBuffer bytes = ByteBuffer.allocate(before + text.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length());
        return bytes.put(text.toString().getBytes(StandardCharsets.ISO_8859_1)).array();
    }
}
