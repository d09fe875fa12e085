package dev.statedict.io.element;

import dev.statedict.StoredType;
import dev.statedict.tensor.ElementType;
import java.nio.ByteBuffer;

/**
 * How elements of a stored type lie in bytes. Buffers are read and written from position 0 on, by index, in the byte
 * order that they are set to; their position and limit stay. Arrays are of the type that holds all values of the stored one:
 * {@link #inMemory()}.
 */
public sealed interface StoredElements
        permits Float64Elements, Float32Elements, SmallFloatElements, IntegerElements, BooleanElements {

    /**
     * The elements of a stored type.
     *
     * @param type the type
     * @return its elements
     */
    static StoredElements of(StoredType type) {
        return switch (type) {
            case F64 -> Float64Elements.INSTANCE;
            case F32 -> Float32Elements.INSTANCE;
            case F16 -> SmallFloatElements.F16;
            case BF16 -> SmallFloatElements.BF16;
            case F8_E4M3 -> SmallFloatElements.F8_E4M3;
            case F8_E5M2 -> SmallFloatElements.F8_E5M2;
            case F8_E4M3FNUZ -> SmallFloatElements.F8_E4M3FNUZ;
            case F8_E5M2FNUZ -> SmallFloatElements.F8_E5M2FNUZ;
            case I64 -> IntegerElements.I64;
            case I32 -> IntegerElements.I32;
            case I16 -> IntegerElements.I16;
            case I8 -> IntegerElements.I8;
            case U64 -> IntegerElements.U64;
            case U32 -> IntegerElements.U32;
            case U16 -> IntegerElements.U16;
            case U8 -> IntegerElements.U8;
            case BOOL -> BooleanElements.INSTANCE;
        };
    }

    /** {@return the number of bytes of one element} */
    int size();

    /** {@return the smallest type of Java's that holds every value, but the longs of {@code U64} beyond 2^63} */
    ElementType inMemory();

    /** {@return whether this is one of the floating-point types} */
    default boolean isFloatingPoint() {
        return false;
    }

    /**
     * Finds the first element that cannot be read: a boolean that is neither 0 nor 1, an unsigned 64-bit integer that no long
     * holds.
     *
     * @param source the elements
     * @param count how many
     * @return its index, or -1 when there is none
     */
    default int firstUnfit(ByteBuffer source, int count) {
        return -1;
    }

    /**
     * Reads elements, exactly.
     *
     * @param source the elements
     * @param target where to write, an array of the type in memory
     * @param at the index in target of the first
     * @param count how many
     */
    void decode(ByteBuffer source, Object target, int at, int count);

    /**
     * One element as text, exactly.
     *
     * @param source the elements
     * @param index which
     * @return for example {@code 16777217}
     */
    String text(ByteBuffer source, int index);

    /**
     * Finds the first value that the type does not hold exactly; any NaN is as good as any other.
     *
     * @param source the values, an array of the type in memory
     * @param at the index of the first
     * @param count how many
     * @return the index in the array, or -1 when the type holds all
     */
    default int firstLost(Object source, int at, int count) {
        return -1;
    }

    /**
     * Finds the first value that is too large for the type, so that an infinity, a NaN or its greatest number would stand for
     * it. An infinity is not too large for a type that has infinities.
     *
     * @param source the values, an array of the type in memory
     * @param at the index of the first
     * @param count how many
     * @return the index in the array, or -1 when there is none
     */
    default int firstBeyond(Object source, int at, int count) {
        return -1;
    }

    /**
     * Writes elements: each that the type holds as it is, for floating-point types any other as the nearest that they have,
     * halves to even, which may be an infinity.
     *
     * @param source where to read, an array of the type in memory
     * @param at the index in source of the first
     * @param count how many
     * @param target the elements
     */
    void encode(Object source, int at, int count, ByteBuffer target);
}
