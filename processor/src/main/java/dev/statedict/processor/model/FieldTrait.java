package dev.statedict.processor.model;

/** What else matters about a field. */
public enum FieldTrait {
    STATIC,
    FINAL,
    PRIVATE,
    /** Left out by the keyword {@code transient} or by {@code @Transient}. */
    TRANSIENT,
    RECORD_COMPONENT,
    /** No field, but a method that returns what is meant. */
    METHOD,
    /** Of a method: it has no body. */
    ABSTRACT,
    /** Of a method: it has type parameters. */
    GENERIC,
    /** Of a method: it takes arguments. */
    TAKES_ARGUMENTS,
    /** Of a method: it may throw a checked exception. */
    THROWS_CHECKED,
    /** Annotated with {@code list = true}. */
    LIST,
    /** Annotated with some {@code @Nullable}. */
    NULLABLE,
    /** A field of a class that is {@code Serializable}, to which the keyword {@code transient} means more. */
    SERIALIZABLE,
    /** Its type, or that of what it holds, is an interface, an abstract class or a type variable of the user's own. */
    ABSTRACT_TYPE,
    /** Such a type is among the type arguments of what is no container: {@code AtomicReference<Layer>}. */
    ABSTRACT_ARGUMENT,
    /** Its type is one class that is no container, so that its value is a module or nothing. */
    SINGLE_CLASS
}
