package dev.statedict.processor.model;

/** The types of fields, as far as they matter to state. */
public enum MemberType {
    /** {@code Tensor}. */
    TENSOR,
    /**
     * {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]}, {@code boolean[]}, or an array of arrays of them: a
     * tensor that lies on it, with as many dimensions.
     */
    ARRAY,
    /** A class of the user's own that is seen as a tensor, or an {@code Optional} of one. */
    AS_TENSOR,
    /** {@code Optional<Tensor>}. */
    OPTIONAL_TENSOR,
    /** {@code Optional} of an {@link #ARRAY}. */
    OPTIONAL_ARRAY,
    /** A list, array or string-keyed map of tensors, or of what is seen as one. */
    TENSORS,
    /** A list, array or string-keyed map of {@link #ARRAY}s, or of boxed numbers. */
    ARRAYS,
    /** {@code float}, {@code double}, {@code int}, {@code long} or {@code boolean}, boxed or not, or an {@code Optional} of a boxed one. */
    PRIMITIVE,
    /** A module: an annotated class, or whatever else is {@code Stateful}. */
    MODULE,
    /** {@code Optional} of a module. */
    OPTIONAL_MODULE,
    /** Lists, arrays, string-keyed maps and optionals of modules, at any depth. */
    MODULES,
    /**
     * A type that does not tell whether its value is a module: an interface, an open class, a type variable. So are
     * containers and optionals of such. The value is asked at run time.
     */
    OPEN,
    /** {@code String}. */
    TEXT,
    /** {@code Map<String, String>}. */
    TEXT_MAP,
    /** A container of tensors or modules that no state dict can name: a set, a map with other keys. */
    UNNAMEABLE_STATE,
    /** No container, but tensors or modules are among its type arguments: {@code Holder<Linear>}. */
    STATE_ARGUMENT,
    /** A container without type arguments: it may hold state. */
    RAW_CONTAINER,
    /** Nothing that is state. */
    OTHER;

    /** Whether a value of this type is, or holds, tensors or modules. */
    public boolean isState() {
        return switch (this) {
            case TENSOR,
                    AS_TENSOR,
                    OPTIONAL_TENSOR,
                    TENSORS,
                    MODULE,
                    OPTIONAL_MODULE,
                    MODULES,
                    UNNAMEABLE_STATE,
                    STATE_ARGUMENT -> true;
            case ARRAY, OPTIONAL_ARRAY, ARRAYS, PRIMITIVE, OPEN, TEXT, TEXT_MAP, RAW_CONTAINER, OTHER -> false;
        };
    }

    /** Whether its entries stand below its key, and not at it. */
    public boolean isNested() {
        return switch (this) {
            case TENSORS, ARRAYS, MODULE, OPTIONAL_MODULE, MODULES, OPEN, STATE_ARGUMENT -> true;
            case TENSOR,
                    ARRAY,
                    AS_TENSOR,
                    OPTIONAL_TENSOR,
                    OPTIONAL_ARRAY,
                    PRIMITIVE,
                    TEXT,
                    TEXT_MAP,
                    UNNAMEABLE_STATE,
                    RAW_CONTAINER,
                    OTHER -> false;
        };
    }

    /** Whether loading may have to assign the field: what containers hold is assigned in the container. */
    public boolean isAssigned() {
        return switch (this) {
            case TENSOR, ARRAY, AS_TENSOR, OPTIONAL_TENSOR, OPTIONAL_ARRAY, PRIMITIVE, TEXT, TEXT_MAP -> true;
            case TENSORS,
                    ARRAYS,
                    MODULE,
                    OPTIONAL_MODULE,
                    MODULES,
                    OPEN,
                    UNNAMEABLE_STATE,
                    STATE_ARGUMENT,
                    RAW_CONTAINER,
                    OTHER -> false;
        };
    }
}
