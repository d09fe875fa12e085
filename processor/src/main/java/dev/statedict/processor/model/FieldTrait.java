package dev.statedict.processor.model;

/** What else matters about a field. */
public enum FieldTrait {
    STATIC,
    FINAL,
    PRIVATE,
    /** Left out by the keyword {@code transient} or by {@code @Transient}. */
    TRANSIENT,
    RECORD_COMPONENT,
    /** Annotated with some {@code @Nullable}. */
    NULLABLE,
    /** A field of a class that is {@code Serializable}, to which the keyword {@code transient} means more. */
    SERIALIZABLE,
    /** Its type, or that of what it holds, is an interface, an abstract class or a type variable of the user's own. */
    ABSTRACT_TYPE
}
