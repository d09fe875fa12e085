package dev.statedict.tree;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;

/** The primitive types of a member, whose entry is a 0-d tensor of the same type. */
public enum PrimitiveType {
    BOOLEAN(Boolean.class, ElementType.BOOL, "0 or 1"),
    INT(Integer.class, ElementType.I32, "an int"),
    LONG(Long.class, ElementType.I64, "a long"),
    FLOAT(Float.class, ElementType.F32, "a float"),
    DOUBLE(Double.class, ElementType.F64, "a double");

    private final Class<?> boxed;
    private final ElementType elementType;
    private final String description;

    PrimitiveType(Class<?> boxed, ElementType elementType, String description) {
        this.boxed = boxed;
        this.elementType = elementType;
        this.description = description;
    }

    public static PrimitiveType of(Object value) {
        for (PrimitiveType type : values()) {
            if (type.boxed.isInstance(value)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no primitive: " + value.getClass().getName());
    }

    /** Whether it is the value of one of these types, boxed. */
    public static boolean isBoxed(Object value) {
        for (PrimitiveType type : values()) {
            if (type.boxed.isInstance(value)) {
                return true;
            }
        }
        return false;
    }

    public ElementType elementType() {
        return elementType;
    }

    public Class<?> boxed() {
        return boxed;
    }

    public String description() {
        return description;
    }

    /** A 0-d tensor of the value, which is boxed. */
    public static Tensor toTensor(Object value) {
        return switch (of(value)) {
            case BOOLEAN -> Tensor.scalar((boolean) value);
            case INT -> Tensor.scalarInt((int) value);
            case LONG -> Tensor.scalarLong((long) value);
            case FLOAT -> Tensor.scalar((float) value);
            case DOUBLE -> Tensor.scalar((double) value);
        };
    }

    /** The value, boxed, of a 0-d tensor of this type's elements. */
    public Object fromTensor(Tensor scalar) {
        return switch (this) {
            case BOOLEAN -> scalar.getLong() == 1;
            case INT -> (int) scalar.getLong();
            case LONG -> scalar.getLong();
            case FLOAT -> scalar.get();
            case DOUBLE -> scalar.getDouble();
        };
    }
}
