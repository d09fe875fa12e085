package dev.statedict.io.element;

import java.nio.ByteBuffer;

/** IEEE 754 half precision. The JDK converts it too, since version 20. */
enum Float16Elements implements StoredElements {
    INSTANCE;

    /** Halfway to what would be the next number after the greatest. */
    private static final float OVERFLOW = 65520;

    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7c00;
    private static final int QUIET_NAN = 0x7e00;
    /** The distance between the exponents' biases, 127 and 15, as a factor. */
    private static final float BIAS = 0x1p112f;

    static float toFloat(int half) {
        int sign = (half & SIGN) << 16;
        int magnitude = half & ~SIGN & 0xffff;
        int bits = magnitude >= INFINITY
                ? 0x7f800000 | (magnitude & 0x3ff) << 13
                // also makes normal numbers of subnormal ones
                : Float.floatToRawIntBits(Float.intBitsToFloat(magnitude << 13) * BIAS);
        return Float.intBitsToFloat(sign | bits);
    }

    static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & SIGN;
        int magnitude = bits & 0x7fffffff;
        int half;
        if (magnitude > 0x7f800000) {
            half = QUIET_NAN | magnitude >>> 13 & 0x1ff;
        } else if (Math.abs(value) >= OVERFLOW) {
            half = INFINITY;
        } else if (magnitude < 0x38800000) {
            half = (int) Math.rint(Math.abs(value) * 0x1p24);
        } else {
            half = (magnitude + 0xfff + (magnitude >>> 13 & 1) >>> 13) - (112 << 10);
        }
        return (short) (sign | half);
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
