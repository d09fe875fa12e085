package dev.statedict.schema;

import java.util.Arrays;
import java.util.Optional;

/** What a member is to its module. */
public enum MemberKind {
    /** A parameter, or a container of parameters. */
    PARAMETER("parameter"),
    /** A buffer, or a container of buffers. */
    BUFFER("buffer"),
    /** A buffer of primitive type. */
    COUNTER("counter"),
    /** A submodule, or a container of submodules. */
    SUBMODULE("submodule"),
    /** Extra state. */
    EXTRA_STATE("extra state");

    private final String text;

    MemberKind(String text) {
        this.text = text;
    }

    /**
     * The kind of that name.
     *
     * @param text as {@link #toString} gives it
     * @return the kind, if there is one
     */
    public static Optional<MemberKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /** As schemas and messages write it. */
    @Override
    public String toString() {
        return text;
    }
}
