package dev.statedict.io.element;

import java.nio.ByteBuffer;

/** The floating-point types of 16 bits, which differ in how many of these are the significand's. */
enum Float16Elements implements StoredElements {
    /** IEEE 754 half precision. The JDK converts it too, since version 20. */
    F16(10),
    /** The upper half of a float32. */
    BF16(7);

    private static final int SIGN = 0x8000;
    private static final int MAGNITUDE = 0x7fff;
    private static final int FLOAT_INFINITY = 0x7f800000;

    /** By how many bits a significand is shorter than float32's. */
    private final int shift;
    /** The distance between the exponents' biases, as a factor. */
    private final float scale;
    /** The same in the exponent's place. */
    private final int scaleBits;
    /** The distance between subnormal numbers, inverted. */
    private final double subnormals;

    /** The bits of the least normal number, as a float32's. */
    private final int leastNormal;

    private final int infinity;
    private final int quiet;
    /** Halfway to what would be the next number after the greatest. */
    private final float overflow;

    Float16Elements(int significandBits) {
        int bias = (1 << 14 - significandBits) - 1;
        shift = 23 - significandBits;
        scale = Math.scalb(1f, Float.MAX_EXPONENT - bias);
        scaleBits = Float.MAX_EXPONENT - bias << significandBits;
        subnormals = Math.scalb(1.0, bias - 1 + significandBits);
        leastNormal = Float.floatToRawIntBits(Math.scalb(1f, 1 - bias));
        infinity = MAGNITUDE >>> significandBits << significandBits;
        quiet = 1 << significandBits - 1;
        overflow = Math.scalb(2 - Math.scalb(1f, -significandBits - 1), bias);
    }

    float toFloat(int bits) {
        int sign = (bits & SIGN) << 16;
        int magnitude = (bits & MAGNITUDE) << shift;
        int wide = (bits & MAGNITUDE) >= infinity
                ? magnitude | FLOAT_INFINITY
                // also makes normal numbers of subnormal ones
                : Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) * scale);
        return Float.intBitsToFloat(sign | wide);
    }

    short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & SIGN;
        int magnitude = bits & Integer.MAX_VALUE;
        int narrow;
        if (magnitude > FLOAT_INFINITY) {
            // the quiet bit, lest a payload in the lower bits leaves an infinity
            narrow = infinity | quiet | magnitude >>> shift & quiet - 1;
        } else if (Math.abs(value) >= overflow) {
            narrow = infinity;
        } else if (magnitude < leastNormal) {
            narrow = (int) Math.rint(Math.abs(value) * subnormals);
        } else {
            int half = (1 << shift - 1) - 1;
            narrow = (magnitude + half + (magnitude >>> shift & 1) >>> shift) - scaleBits;
        }
        return (short) (sign | narrow);
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
        return Math.abs(value) < overflow || !Float.isFinite(value);
    }

    @Override
    public void encode(float[] source, int at, int count, ByteBuffer target) {
        for (int i = 0; i < count; i++) {
            target.putShort(i * Short.BYTES, fromFloat(source[at + i]));
        }
    }
}
