package dev.statedict.json;

/** The kinds of value, by how each begins. */
public enum JsonToken {
    /** <code>{</code>. */
    OBJECT("an object"),
    /** {@code [}. */
    ARRAY("an array"),
    /** {@code "}. */
    STRING("a string"),
    /** A digit or a minus sign. */
    NUMBER("a number"),
    /** {@code true} or {@code false}. */
    BOOLEAN("true or false"),
    /** {@code null}. */
    NULL("null");

    private final String description;

    JsonToken(String description) {
        this.description = description;
    }

    /** {@return the kind with its article, for messages} */
    @Override
    public String toString() {
        return description;
    }
}
