package dev.statedict.io.element;

import java.nio.ByteBuffer;

/** The upper half of a float32. */
enum BFloat16Elements implements StoredElements {
    INSTANCE;

    /** Halfway to what would be the next number after the greatest. */
    private static final float OVERFLOW = 0x1.ffp127f;

    static float toFloat(int upperHalf) {
        return Float.intBitsToFloat(upperHalf << 16);
    }

    static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int upperHalf = Float.isNaN(value)
                // the quiet bit, lest a payload in the lower half leaves an infinity
                ? bits >>> 16 | 0x40
                : bits + 0x7fff + (bits >>> 16 & 1) >>> 16;
        return (short) upperHalf;
    }

    @Override
    public int size() {
        return Short.BYTES;
    }

    @Override
    public boolean isFloatingPoint() {
        return true;
    }

    @Override
    public int firstUnfit(ByteBuffer source, int count, boolean rounding) {
        return -1;
    }

    @Override
    public void decode(ByteBuffer source, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = toFloat(source.getShort(i * Short.BYTES));
        }
    }

    @Override
    public String text(ByteBuffer source, int index) {
        return Float.toString(toFloat(source.getShort(index * Short.BYTES)));
    }

    @Override
    public boolean holds(float value) {
        return Float.compare(toFloat(fromFloat(value)), value) == 0;
    }

    @Override
    public boolean reaches(float value) {
        return Math.abs(value) < OVERFLOW || !Float.isFinite(value);
    }

    @Override
    public void encode(float[] source, int at, int count, ByteBuffer target) {
        for (int i = 0; i < count; i++) {
            target.putShort(i * Short.BYTES, fromFloat(source[at + i]));
        }
    }
}
