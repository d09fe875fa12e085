package dev.statedict.processor.model;

/** The types of fields, as far as they matter to state. */
public enum MemberType {
    /** A tensor. */
    TENSOR,
    /** A module: an annotated class, or any other {@code Stateful}. */
    MODULE,
    /** Anything else. */
    OTHER
}
