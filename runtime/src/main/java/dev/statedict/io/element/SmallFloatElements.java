package dev.statedict.io.element;

import dev.statedict.tensor.ElementType;
import java.nio.ByteBuffer;

/**
 * The floating-point types of 16 and of 8 bits, all of whose values float32 holds. They differ in how many bits are the
 * significand's, in the exponent's bias, and in which codes are no numbers.
 */
enum SmallFloatElements implements StoredElements {
    /** IEEE 754 half precision. The JDK converts it too, since version 20. */
    F16(16, 10, 15, Specials.IEEE),
    /** The upper half of a float32. */
    BF16(16, 7, 127, Specials.IEEE),
    /** PyTorch's {@code float8_e5m2}. */
    F8_E5M2(8, 2, 15, Specials.IEEE),
    /** PyTorch's {@code float8_e4m3fn}. */
    F8_E4M3(8, 3, 7, Specials.ONE_NAN),
    /** PyTorch's {@code float8_e5m2fnuz}. */
    F8_E5M2FNUZ(8, 2, 16, Specials.NAN_FOR_ZERO),
    /** PyTorch's {@code float8_e4m3fnuz}. */
    F8_E4M3FNUZ(8, 3, 8, Specials.NAN_FOR_ZERO);

    /** Which codes are no numbers. */
    private enum Specials {
        /** Those of the highest exponent: an infinity, and NaNs with their payloads. */
        IEEE,
        /** The highest of either sign: a NaN. There is no infinity. */
        ONE_NAN,
        /** That of the negative zero: the one NaN. There are neither infinities nor a negative zero. */
        NAN_FOR_ZERO
    }

    private static final int FLOAT_INFINITY = 0x7f800000;

    private final int size;
    private final int sign;
    private final Specials specials;
    /** By how many bits a significand is shorter than float32's. */
    private final int shift;
    /** The distance between the exponents' biases, as a factor. */
    private final float scale;
    /** The same in the exponent's place, as the type has it. */
    private final int scaleBits;
    /** One over the distance between subnormal numbers. */
    private final double subnormals;
    /** The bits of the least normal number, as a float32's. */
    private final int leastNormal;
    /** The code of the greatest number. */
    private final int greatest;
    /** What a number becomes that is too large; in PyTorch the greatest number of the type that has one NaN and no infinity. */
    private final int overflow;

    SmallFloatElements(int bits, int significandBits, int bias, Specials specials) {
        this.size = bits / Byte.SIZE;
        this.sign = 1 << bits - 1;
        this.specials = specials;
        this.shift = 23 - significandBits;
        this.scale = Math.scalb(1f, Float.MAX_EXPONENT - bias);
        this.scaleBits = Float.MAX_EXPONENT - bias << significandBits;
        this.subnormals = Math.scalb(1.0, bias - 1 + significandBits);
        this.leastNormal = Float.floatToRawIntBits(Math.scalb(1f, 1 - bias));
        int infinity = sign - 1 >>> significandBits << significandBits;
        this.greatest = switch (specials) {
            case IEEE -> infinity - 1;
            case ONE_NAN -> sign - 2;
            case NAN_FOR_ZERO -> sign - 1;
        };
        this.overflow = switch (specials) {
            case IEEE -> greatest + 1;
            case ONE_NAN -> greatest;
            case NAN_FOR_ZERO -> sign;
        };
    }

    float toFloat(int code) {
        int magnitude = code & sign - 1;
        int signBit = (code & sign) == 0 ? 0 : Integer.MIN_VALUE;
        if (magnitude > greatest || (specials == Specials.NAN_FOR_ZERO && (code & 2 * sign - 1) == sign)) {
            int special = specials == Specials.IEEE ? magnitude << shift : 0x7fc00000;
            return Float.intBitsToFloat(signBit | FLOAT_INFINITY | special);
        }
        // the product also makes normal numbers of subnormal ones
        float number = Float.intBitsToFloat(magnitude << shift) * scale;
        return Float.intBitsToFloat(signBit | Float.floatToRawIntBits(number));
    }

    /** The nearest code, halves to even, as PyTorch's conversions round. */
    int fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int signBit = bits < 0 ? sign : 0;
        int magnitude = bits & Integer.MAX_VALUE;
        if (magnitude > FLOAT_INFINITY) {
            return nan(signBit, magnitude);
        }
        int code = Math.min(nearest(magnitude), greatest + 1);
        code = code > greatest ? overflow : code;
        if (specials == Specials.NAN_FOR_ZERO) {
            // of zeros there is one, and of NaNs
            return code == 0 || code == overflow ? code : signBit | code;
        }
        return signBit | code;
    }

    /** The code of the nearest number as if there were no greatest; of an infinity one beyond all. */
    private int nearest(int magnitude) {
        if (magnitude < leastNormal) {
            return (int) Math.rint(Float.intBitsToFloat(magnitude) * subnormals);
        }
        int half = (1 << shift - 1) - 1;
        return (magnitude + half + (magnitude >>> shift & 1) >>> shift) - scaleBits;
    }

    private int nan(int signBit, int magnitude) {
        if (specials != Specials.IEEE) {
            return specials == Specials.ONE_NAN ? signBit | greatest + 1 : overflow;
        }
        int payload = magnitude >>> shift & (1 << 23 - shift) - 1;
        // the quiet bit where the payload is all in the bits that are lost, or an infinity would be left
        return signBit | overflow | (payload == 0 ? 1 << 22 - shift : payload);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ElementType inMemory() {
        return ElementType.F32;
    }

    @Override
    public boolean isFloatingPoint() {
        return true;
    }

    @Override
    public void decode(ByteBuffer source, Object target, int at, int count) {
        float[] floats = (float[]) target;
        if (size == Byte.BYTES) {
            for (int i = 0; i < count; i++) {
                floats[at + i] = toFloat(source.get(i));
            }
        } else {
            for (int i = 0; i < count; i++) {
                floats[at + i] = toFloat(source.getShort(i * Short.BYTES));
            }
        }
    }

    @Override
    public String text(ByteBuffer source, int index) {
        return Float.toString(toFloat(size == Byte.BYTES ? source.get(index) : source.getShort(index * Short.BYTES)));
    }

    @Override
    public int firstLost(Object source, int at, int count) {
        float[] floats = (float[]) source;
        for (int i = at; i < at + count; i++) {
            if (Float.compare(toFloat(fromFloat(floats[i])), floats[i]) != 0) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int firstBeyond(Object source, int at, int count) {
        float[] floats = (float[]) source;
        for (int i = at; i < at + count; i++) {
            int magnitude = Float.floatToRawIntBits(floats[i]) & Integer.MAX_VALUE;
            boolean isKept = magnitude > FLOAT_INFINITY || (magnitude == FLOAT_INFINITY && specials == Specials.IEEE);
            if (!isKept && nearest(magnitude) > greatest) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void encode(Object source, int at, int count, ByteBuffer target) {
        float[] floats = (float[]) source;
        if (size == Byte.BYTES) {
            for (int i = 0; i < count; i++) {
                target.put(i, (byte) fromFloat(floats[at + i]));
            }
        } else {
            for (int i = 0; i < count; i++) {
                target.putShort(i * Short.BYTES, (short) fromFloat(floats[at + i]));
            }
        }
    }
}
