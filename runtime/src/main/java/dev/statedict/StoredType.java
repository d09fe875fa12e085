package dev.statedict;

import dev.statedict.tensor.ElementType;

/**
 * The element type under which an entry was stored, or is to be stored, in a file. In memory a tensor has one of
 * five {@linkplain ElementType element types}; an entry remembers its stored type so that saving can use it again while
 * every value fits.
 */
public enum StoredType {
    /** 64-bit float. */
    F64,
    /** 32-bit float. */
    F32,
    /** IEEE 754 half precision. */
    F16,
    /** The upper half of a float32. */
    BF16,
    /** 8-bit float of 4 exponent and 3 significand bits without infinities, PyTorch's {@code float8_e4m3fn}. */
    F8_E4M3,
    /** 8-bit float of 5 exponent and 2 significand bits, PyTorch's {@code float8_e5m2}. */
    F8_E5M2,
    /** As {@link #F8_E4M3}, with one zero and one NaN, PyTorch's {@code float8_e4m3fnuz}. */
    F8_E4M3FNUZ,
    /** As {@link #F8_E5M2}, with one zero and one NaN and no infinities, PyTorch's {@code float8_e5m2fnuz}. */
    F8_E5M2FNUZ,
    /** Signed 64-bit integer. */
    I64,
    /** Signed 32-bit integer. */
    I32,
    /** Signed 16-bit integer. */
    I16,
    /** Signed 8-bit integer. */
    I8,
    /** Unsigned 64-bit integer. */
    U64,
    /** Unsigned 32-bit integer. */
    U32,
    /** Unsigned 16-bit integer. */
    U16,
    /** Unsigned 8-bit integer. */
    U8,
    /** One byte, 0 or 1. */
    BOOL;

    /**
     * The type in which elements are stored as they are.
     *
     * @param type what they are in memory
     * @return the type of the same name
     */
    public static StoredType of(ElementType type) {
        return switch (type) {
            case F32 -> F32;
            case F64 -> F64;
            case I32 -> I32;
            case I64 -> I64;
            case BOOL -> BOOL;
        };
    }
}
