package dev.statedict.processor.model;

/** What a field is to the state of its module. */
public enum MemberRole {
    /** Annotated with {@code @Parameter}. */
    PARAMETER,
    /** Annotated with {@code @Buffer}. */
    BUFFER,
    /** A module, or a container of modules. */
    SUBMODULE,
    /** Nothing says what it is, though its type is that of state. */
    UNDECLARED
}
