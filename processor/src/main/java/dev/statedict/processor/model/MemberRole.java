package dev.statedict.processor.model;

/** What a field is to the state of its module. */
public enum MemberRole {
    PARAMETER("@Parameter"),
    BUFFER("@Buffer"),
    SUBMODULE("@Submodule"),
    EXTRA_STATE("@ExtraState"),
    /** Nothing says what it is, though its type is that of state. */
    UNDECLARED("no annotation");

    private final String annotation;

    MemberRole(String annotation) {
        this.annotation = annotation;
    }

    /** The annotation that declares the role, as source code writes it. */
    public String annotation() {
        return annotation;
    }
}
