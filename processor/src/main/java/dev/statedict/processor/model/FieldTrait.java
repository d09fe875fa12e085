package dev.statedict.processor.model;

/** What else matters about a field. */
public enum FieldTrait {
    /** Declared {@code static}. */
    STATIC,
    /** Declared {@code final}. */
    FINAL,
    /** Declared {@code private}. */
    PRIVATE,
    /** Holds a component of a record. */
    RECORD_COMPONENT
}
