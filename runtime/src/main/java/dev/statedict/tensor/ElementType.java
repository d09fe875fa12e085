package dev.statedict.tensor;

import org.jspecify.annotations.Nullable;

/**
 * What the elements of a {@link Tensor} are: one of five types of Java's own, since a tensor lies on a Java array.
 *
 * <table>
 * <caption>The five</caption>
 * <tr><th>type</th><th>in Java</th><th>in PyTorch</th></tr>
 * <tr><td>{@link #F32}</td><td>{@code float}</td><td>{@code torch.float32}</td></tr>
 * <tr><td>{@link #F64}</td><td>{@code double}</td><td>{@code torch.float64}</td></tr>
 * <tr><td>{@link #I32}</td><td>{@code int}</td><td>{@code torch.int32}</td></tr>
 * <tr><td>{@link #I64}</td><td>{@code long}</td><td>{@code torch.int64}</td></tr>
 * <tr><td>{@link #BOOL}</td><td>{@code boolean}</td><td>{@code torch.bool}</td></tr>
 * </table>
 */
public enum ElementType {
    /** {@code float}, PyTorch's {@code torch.float32}: what {@link Tensor#zeros(int...)} makes. */
    F32(new FloatElements(), "torch.float32", "get", "toArray"),
    /** {@code double}, PyTorch's {@code torch.float64}. */
    F64(new DoubleElements(), "torch.float64", "getDouble", "toDoubleArray"),
    /** {@code int}, PyTorch's {@code torch.int32}. */
    I32(new IntElements(), "torch.int32", "getLong", "toIntArray"),
    /** {@code long}, PyTorch's {@code torch.int64}. */
    I64(new LongElements(), "torch.int64", "getLong", "toLongArray"),
    /** {@code boolean}, PyTorch's {@code torch.bool}. As a number, true is 1 and false is 0. */
    BOOL(new BooleanElements(), "torch.bool", "get", "toBooleanArray");

    // values() makes a new array at each call
    private static final ElementType[] ALL = values();

    /** What is done to arrays of the type; whoever calls has seen to it that arrays are of this type. */
    final Elements<Object> elements;

    /** What PyTorch calls it. */
    final String torchName;

    /** The methods of {@link Tensor} that give one element and all elements, exactly whatever they are. */
    final String getter;

    final String arrayGetter;

    // an array of the type goes in wherever an Object does here
    @SuppressWarnings("unchecked")
    ElementType(Elements<?> elements, String torchName, String getter, String arrayGetter) {
        this.elements = (Elements<Object>) elements;
        this.torchName = torchName;
        this.getter = getter;
        this.arrayGetter = arrayGetter;
    }

    /** {@return whether this is {@link #F32} or {@link #F64}} */
    public boolean isFloatingPoint() {
        return elements instanceof Elements.Floating;
    }

    /** The type of an array. */
    static ElementType of(Object array) {
        ElementType type = of(array.getClass().getComponentType());
        if (type == null) {
            throw new IllegalArgumentException(
                    "a tensor cannot lie on a " + array.getClass().getSimpleName());
        }
        return type;
    }

    /** The type whose elements are of this Java type; null when there is none. */
    static @Nullable ElementType of(@Nullable Class<?> component) {
        for (ElementType type : ALL) {
            if (type.elements.component() == component) {
                return type;
            }
        }
        return null;
    }
}
