package dev.statedict.io.element;

import java.nio.ByteBuffer;

/** Two's complement integers and unsigned ones. */
enum IntegerElements implements StoredElements {
    I64(Long.BYTES, true),
    I32(Integer.BYTES, true),
    I16(Short.BYTES, true),
    I8(Byte.BYTES, true),
    U64(Long.BYTES, false),
    U32(Integer.BYTES, false),
    U16(Short.BYTES, false),
    U8(Byte.BYTES, false);

    private static final int SIGNIFICAND_BITS = 24;

    private final int size;
    private final boolean signed;
    /** The least value, and the first beyond the greatest; both are floats. */
    private final float least;

    private final float beyond;

    IntegerElements(int size, boolean signed) {
        this.size = size;
        this.signed = signed;
        this.least = signed ? -power(size * 8 - 1) : 0;
        this.beyond = power(signed ? size * 8 - 1 : size * 8);
    }

    private static float power(int exponent) {
        return Math.scalb(1f, exponent);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int firstUnfit(ByteBuffer source, int count, boolean rounding) {
        if (rounding || size < Integer.BYTES) {
            return -1;
        }
        for (int i = 0; i < count; i++) {
            long value = read(source, i);
            // of the least long the magnitude is 2^63, as an unsigned number
            long magnitude = signed ? Math.abs(value) : value;
            int significant = Long.SIZE - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude);
            if (significant > SIGNIFICAND_BITS) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void decode(ByteBuffer source, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            long value = read(source, i);
            // a value beyond the longs is halved first; the lowest bit sticks, as it decides the rounding
            target[at + i] = signed || value >= 0 ? value : (value >>> 1 | value & 1) * 2f;
        }
    }

    @Override
    public String text(ByteBuffer source, int index) {
        long value = read(source, index);
        return signed ? Long.toString(value) : Long.toUnsignedString(value);
    }

    @Override
    public boolean holds(float value) {
        boolean whole = value == Math.rint(value) && Float.floatToRawIntBits(value) != Float.floatToRawIntBits(-0f);
        return whole && value >= least && value < beyond;
    }

    @Override
    public void encode(float[] source, int at, int count, ByteBuffer target) {
        for (int i = 0; i < count; i++) {
            float value = source[at + i];
            // beyond the longs every float is even
            long integer = value < 0x1p63f ? (long) value : (long) (value / 2) << 1;
            switch (size) {
                case Long.BYTES -> target.putLong(i * Long.BYTES, integer);
                case Integer.BYTES -> target.putInt(i * Integer.BYTES, (int) integer);
                case Short.BYTES -> target.putShort(i * Short.BYTES, (short) integer);
                default -> target.put(i, (byte) integer);
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
}
