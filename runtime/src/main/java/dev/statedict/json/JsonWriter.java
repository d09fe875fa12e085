package dev.statedict.json;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document, either compact, without a byte that could be spared, or indented by two spaces for people
 * to read. Escapes are those of serde_json, which the reference writer of safetensors uses: {@code \b \f \n \r \t \" \\}
 * and {@code \}{@code u00xx} for other control characters; all else stands as it is.
 *
 * <p>Names and values are taken in the order of the calls. Calls that make no document, such as a name in an array, are
 * the caller's mistake and are not looked for.
 */
public final class JsonWriter {
    private final StringBuilder text = new StringBuilder();
    private final boolean indented;
    private int depth;
    private boolean empty = true;
    private boolean named;

    private JsonWriter(boolean indented) {
        this.indented = indented;
    }

    /** {@return a writer of a document on one line} */
    public static JsonWriter compact() {
        return new JsonWriter(false);
    }

    /** {@return a writer of a document with one name or element on each line} */
    public static JsonWriter indented() {
        return new JsonWriter(true);
    }

    /** {@return this writer, within a new object} */
    public JsonWriter beginObject() {
        return begin('{');
    }

    /** {@return this writer, behind the current object} */
    public JsonWriter endObject() {
        return end('}');
    }

    /** {@return this writer, within a new array} */
    public JsonWriter beginArray() {
        return begin('[');
    }

    /** {@return this writer, behind the current array} */
    public JsonWriter endArray() {
        return end(']');
    }

    /**
     * Names the value that follows.
     *
     * @param name the member's name
     * @return this writer
     * @throws IllegalArgumentException when the name holds half of a surrogate pair, which UTF-8 cannot express
     */
    public JsonWriter name(String name) {
        separate();
        quote(name);
        text.append(indented ? ": " : ":");
        named = true;
        return this;
    }

    /**
     * Writes a string, or null.
     *
     * @param value the string
     * @return this writer
     * @throws IllegalArgumentException when the string holds half of a surrogate pair, which UTF-8 cannot express
     */
    public JsonWriter value(@Nullable String value) {
        separate();
        if (value == null) {
            text.append("null");
        } else {
            quote(value);
        }
        return this;
    }

    /**
     * Writes an integer.
     *
     * @param value the number
     * @return this writer
     */
    public JsonWriter value(long value) {
        separate();
        text.append(value);
        return this;
    }

    /**
     * Writes true or false.
     *
     * @param value which
     * @return this writer
     */
    public JsonWriter value(boolean value) {
        separate();
        text.append(value);
        return this;
    }

    /** {@return the document so far} */
    @Override
    public String toString() {
        return text.toString();
    }

    private JsonWriter begin(char bracket) {
        separate();
        text.append(bracket);
        depth++;
        empty = true;
        return this;
    }

    private JsonWriter end(char bracket) {
        depth--;
        if (!empty) {
            newLine();
        }
        text.append(bracket);
        empty = false;
        return this;
    }

    private void separate() {
        if (named) {
            named = false;
            return;
        }
        if (depth > 0) {
            if (!empty) {
                text.append(',');
            }
            newLine();
        }
        empty = false;
    }

    private void newLine() {
        if (indented) {
            text.append('\n').append("  ".repeat(depth));
        }
    }

    private void quote(String string) {
        Objects.requireNonNull(string);
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        checkSurrogate(string, i);
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static void checkSurrogate(String string, int index) {
        char c = string.charAt(index);
        boolean paired = Character.isHighSurrogate(c)
                ? index + 1 < string.length() && Character.isLowSurrogate(string.charAt(index + 1))
                : !Character.isLowSurrogate(c) || (index > 0 && Character.isHighSurrogate(string.charAt(index - 1)));
        if (!paired) {
            throw new IllegalArgumentException(String.format(
                    "the character U+%04X at index %d is half of a surrogate pair, which no file can hold",
                    (int) c, index));
        }
    }
}
