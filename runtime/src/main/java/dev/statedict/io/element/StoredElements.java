package dev.statedict.io.element;

import dev.statedict.StoredType;
import java.nio.ByteBuffer;

/**
 * How elements of a stored type lie in bytes. Buffers are read and written from position 0 on, by index, in the byte
 * order that they are set to; their position and limit stay.
 */
public sealed interface StoredElements
        permits Float64Elements, Float32Elements, Float16Elements, IntegerElements, BooleanElements {

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
            case F16 -> Float16Elements.F16;
            case BF16 -> Float16Elements.BF16;
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

    /** {@return whether this is one of the four floating-point types} */
    default boolean isFloatingPoint() {
        return false;
    }

    /**
     * Finds the first element that float32 cannot take.
     *
     * @param source the elements
     * @param count how many
     * @param rounding whether the nearest float32 will do; not for a finite value beyond float32's range, nor for a
     *     boolean that is neither 0 nor 1
     * @return its index, or -1 when there is none
     */
    int firstUnfit(ByteBuffer source, int count, boolean rounding);

    /**
     * Reads elements, each as the nearest float32.
     *
     * @param source the elements
     * @param target where to write
     * @param at the index in target of the first
     * @param count how many
     */
    void decode(ByteBuffer source, float[] target, int at, int count);

    /**
     * One element as text, exactly.
     *
     * @param source the elements
     * @param index which
     * @return for example {@code 16777217}
     */
    String text(ByteBuffer source, int index);

    /**
     * Whether the type holds a float32 exactly; any NaN is as good as any other.
     *
     * @param value the value
     * @return whether it comes back unchanged
     */
    boolean holds(float value);

    /**
     * Whether a value stays finite, if it is, when it is rounded to the type.
     *
     * @param value the value
     * @return false where {@link #encode} would write an infinity for it
     */
    default boolean reaches(float value) {
        return true;
    }

    /**
     * Writes elements: each that the type {@link #holds} as it is, for floating-point types any other as the nearest
     * that they have, halves to even, which may be an infinity.
     *
     * @param source where to read
     * @param at the index in source of the first
     * @param count how many
     * @param target the elements
     */
    void encode(float[] source, int at, int count, ByteBuffer target);
}
