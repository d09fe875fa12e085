package dev.statedict;

/**
 * The element type under which an entry was stored, or is to be stored, in a file. In memory every tensor is float32;
 * an entry remembers its stored type so that saving can use it again while every value fits.
 */
public enum StoredType {
    /** 64-bit float. */
    F64,
    /** 32-bit float, the type in memory. */
    F32,
    /** IEEE 754 half precision. */
    F16,
    /** The upper half of a float32. */
    BF16,
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
    BOOL
}
