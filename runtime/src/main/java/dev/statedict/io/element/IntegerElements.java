package dev.statedict.io.element;

import dev.statedict.tensor.ElementType;
import java.nio.ByteBuffer;

/** Two's complement integers and unsigned ones: in an {@code int[]} where that holds them, else in a {@code long[]}. */
enum IntegerElements implements StoredElements {
    I64(Long.BYTES, true),
    I32(Integer.BYTES, true),
    I16(Short.BYTES, true),
    I8(Byte.BYTES, true),
    U64(Long.BYTES, false),
    U32(Integer.BYTES, false),
    U16(Short.BYTES, false),
    U8(Byte.BYTES, false);

    private final int size;
    private final boolean signed;
    private final boolean inInts;
    private final long least;
    private final long greatest;

    IntegerElements(int size, boolean signed) {
        this.size = size;
        this.signed = signed;
        this.inInts = size < Integer.BYTES || (size == Integer.BYTES && signed);
        int bits = Math.min(signed ? size * Byte.SIZE - 1 : size * Byte.SIZE, Long.SIZE - 1);
        this.greatest = bits == Long.SIZE - 1 ? Long.MAX_VALUE : (1L << bits) - 1;
        this.least = signed ? -greatest - 1 : 0;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ElementType inMemory() {
        return inInts ? ElementType.I32 : ElementType.I64;
    }

    @Override
    public int firstUnfit(ByteBuffer source, int count) {
        for (int i = 0; this == U64 && i < count; i++) {
            if (source.getLong(i * Long.BYTES) < 0) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void decode(ByteBuffer source, Object target, int at, int count) {
        if (this == I32) {
            source.asIntBuffer().get((int[]) target, at, count);
        } else if (size == Long.BYTES) {
            source.asLongBuffer().get((long[]) target, at, count);
        } else if (inInts) {
            int[] ints = (int[]) target;
            for (int i = 0; i < count; i++) {
                ints[at + i] = (int) read(source, i);
            }
        } else {
            long[] longs = (long[]) target;
            for (int i = 0; i < count; i++) {
                longs[at + i] = read(source, i);
            }
        }
    }

    private long read(ByteBuffer source, int index) {
        return switch (size) {
            case Long.BYTES -> source.getLong(index * Long.BYTES);
            case Integer.BYTES -> {
                int value = source.getInt(index * Integer.BYTES);
                yield signed ? value : Integer.toUnsignedLong(value);
            }
            case Short.BYTES -> {
                short value = source.getShort(index * Short.BYTES);
                yield signed ? value : Short.toUnsignedLong(value);
            }
            default -> signed ? source.get(index) : Byte.toUnsignedLong(source.get(index));
        };
    }

    @Override
    public String text(ByteBuffer source, int index) {
        long value = read(source, index);
        return signed ? Long.toString(value) : Long.toUnsignedString(value);
    }

    @Override
    public int firstLost(Object source, int at, int count) {
        if (this == I32 || this == I64) {
            return -1;
        }
        for (int i = at; i < at + count; i++) {
            long value = value(source, i);
            if (value < least || value > greatest) {
                return i;
            }
        }
        return -1;
    }

    private long value(Object source, int index) {
        return inInts ? ((int[]) source)[index] : ((long[]) source)[index];
    }

    @Override
    public void encode(Object source, int at, int count, ByteBuffer target) {
        if (this == I32) {
            target.asIntBuffer().put((int[]) source, at, count);
        } else if (size == Long.BYTES) {
            target.asLongBuffer().put((long[]) source, at, count);
        } else {
            for (int i = 0; i < count; i++) {
                long value = value(source, at + i);
                switch (size) {
                    case Integer.BYTES -> target.putInt(i * Integer.BYTES, (int) value);
                    case Short.BYTES -> target.putShort(i * Short.BYTES, (short) value);
                    default -> target.put(i, (byte) value);
                }
            }
        }
    }
}
