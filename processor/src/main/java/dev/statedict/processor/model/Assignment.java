package dev.statedict.processor.model;

import org.jspecify.annotations.Nullable;

/** How a field is assigned. */
public sealed interface Assignment {
    /**
     * By a plain write.
     *
     * @param field the field's name
     */
    record Field(String field) implements Assignment {}

    /**
     * By a setter, wherever there is one: it may do more than write.
     *
     * @param method the setter's name
     * @param checkedException what it may throw though generated code cannot catch it, if anything
     * @param primitive the primitive type that it takes, where another setter takes what it is boxed to
     */
    record Setter(
            String method,
            @Nullable String checkedException,
            @Nullable String primitive) implements Assignment {}
}
