package dev.statedict.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the arrays are of. Elements lie in bytes as they do in memory, little-endian, floats with all bits of their NaNs. */
public enum ArrayType {
    /** {@code float[]}. */
    F32(Float.BYTES),
    /** {@code double[]}. */
    F64(Double.BYTES),
    /** {@code int[]}. */
    I32(Integer.BYTES),
    /** {@code long[]}. */
    I64(Long.BYTES),
    /** {@code boolean[]}: a byte each, 0 or 1. */
    BOOL(1);

    private static final ArrayType[] ALL = values();

    private final int size;

    ArrayType(int size) {
        this.size = size;
    }

    /**
     * The type of a name.
     *
     * @param name as of a constant
     * @return null when there is none
     */
    public static @Nullable ArrayType named(String name) {
        for (ArrayType type : ALL) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** {@return the number of bytes of an element} */
    public int size() {
        return size;
    }

    Object newArray(int length) {
        return switch (this) {
            case F32 -> new float[length];
            case F64 -> new double[length];
            case I32 -> new int[length];
            case I64 -> new long[length];
            case BOOL -> new boolean[length];
        };
    }

    int length(Object array) {
        return switch (this) {
            case F32 -> ((float[]) array).length;
            case F64 -> ((double[]) array).length;
            case I32 -> ((int[]) array).length;
            case I64 -> ((long[]) array).length;
            case BOOL -> ((boolean[]) array).length;
        };
    }

    /** A longer array that begins with the elements of this one. */
    Object longer(Object array, int length) {
        return switch (this) {
            case F32 -> Arrays.copyOf((float[]) array, length);
            case F64 -> Arrays.copyOf((double[]) array, length);
            case I32 -> Arrays.copyOf((int[]) array, length);
            case I64 -> Arrays.copyOf((long[]) array, length);
            case BOOL -> Arrays.copyOf((boolean[]) array, length);
        };
    }

    /** Writes elements at the beginning of a little-endian buffer. */
    void encode(Object array, int at, int count, ByteBuffer target) {
        switch (this) {
            case F32 -> target.asFloatBuffer().put((float[]) array, at, count);
            case F64 -> target.asDoubleBuffer().put((double[]) array, at, count);
            case I32 -> target.asIntBuffer().put((int[]) array, at, count);
            case I64 -> target.asLongBuffer().put((long[]) array, at, count);
            case BOOL -> {
                boolean[] booleans = (boolean[]) array;
                for (int i = 0; i < count; i++) {
                    target.put(i, (byte) (booleans[at + i] ? 1 : 0));
                }
            }
        }
    }

    /** Reads elements from the beginning of a little-endian buffer; the index of the first that is none, else -1. */
    int decode(ByteBuffer source, Object array, int at, int count) {
        switch (this) {
            case F32 -> source.asFloatBuffer().get((float[]) array, at, count);
            case F64 -> source.asDoubleBuffer().get((double[]) array, at, count);
            case I32 -> source.asIntBuffer().get((int[]) array, at, count);
            case I64 -> source.asLongBuffer().get((long[]) array, at, count);
            case BOOL -> {
                boolean[] booleans = (boolean[]) array;
                for (int i = 0; i < count; i++) {
                    if ((source.get(i) & ~1) != 0) {
                        return i;
                    }
                    booleans[at + i] = source.get(i) != 0;
                }
            }
        }
        return -1;
    }
}
