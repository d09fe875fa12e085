package dev.statedict.processor.model;

/** The runtime's two policies, as words: the processor's jar has none of the runtime's classes. */
public enum Policy {
    ALIAS,
    COPY
}
