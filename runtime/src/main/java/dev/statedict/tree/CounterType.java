package dev.statedict.tree;

import dev.statedict.StoredType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The primitive types of a counter, and how their values become float32 and back. */
public enum CounterType {
    BOOLEAN(Boolean.class, StoredType.BOOL, "0 or 1"),
    INT(Integer.class, StoredType.I64, "an int"),
    LONG(Long.class, StoredType.I64, "a long"),
    FLOAT(Float.class, StoredType.F32, "a float");

    private final Class<?> boxed;
    private final StoredType storedType;
    private final String description;

    CounterType(Class<?> boxed, StoredType storedType, String description) {
        this.boxed = boxed;
        this.storedType = storedType;
        this.description = description;
    }

    public static CounterType of(Object value) {
        for (CounterType type : values()) {
            if (type.boxed.isInstance(value)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no counter: " + value.getClass().getName());
    }

    public StoredType storedType() {
        return storedType;
    }

    public Class<?> boxed() {
        return boxed;
    }

    public String description() {
        return description;
    }

    /** The float32 value as this type, boxed, or null when the type does not hold it. */
    @Nullable
    public Object fromFloat(float value) {
        return switch (this) {
            case BOOLEAN -> value == 0 ? Boolean.FALSE : value == 1 ? Boolean.TRUE : null;
            case INT -> (int) value == value && value != 0x1p31f ? (Object) (int) value : null;
            case LONG -> (long) value == value && value != 0x1p63f ? (Object) (long) value : null;
            case FLOAT -> value;
        };
    }

    /**
     * The value as float32.
     *
     * @throws IllegalStateException when float32 does not hold it exactly
     */
    public float toFloat(String key, Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        Number number = (Number) value;
        float nearest = number.floatValue();
        if (this != FLOAT && BigDecimal.valueOf(number.longValue()).compareTo(new BigDecimal(nearest)) != 0) {
            throw new IllegalStateException("the counter \"" + key + "\" is " + value
                    + ", which float32 does not hold exactly (the nearest is "
                    + new BigDecimal(nearest).toPlainString()
                    + "); declare the field as float to accept rounding");
        }
        return nearest;
    }
}
