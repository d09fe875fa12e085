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
    NULLABLE
}
