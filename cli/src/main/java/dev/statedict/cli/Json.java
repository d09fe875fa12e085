package dev.statedict.cli;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON, for programs: maps, lists, texts, numbers, booleans and null. What JSON has no number for, NaN and
 * infinities, is the text {@code "NaN"}, {@code "Infinity"} or {@code "-Infinity"}; bytes are Base64.
 */
final class Json {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /** On one line. */
    static String compact(@Nullable Object value) {
        Json json = new Json();
        json.value(value, null);
        return json.text.toString();
    }

    /** A member or element on each line, down to lists of plain values. */
    static String indented(Object value) {
        Json json = new Json();
        json.value(value, "\n");
        return json.text.toString();
    }

    private void value(@Nullable Object value, @Nullable String line) {
        if (value instanceof Map<?, ?> map) {
            members(map.entrySet().iterator(), '{', '}', line);
        } else if (value instanceof List<?> list) {
            boolean flat = list.stream().noneMatch(element -> element instanceof Map || element instanceof List);
            members(list.iterator(), '[', ']', flat ? null : line);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            quoted(number.toString());
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            quoted(Base64.getEncoder().encodeToString(copy));
        } else {
            quoted(value.toString());
        }
    }

    private void members(Iterator<?> members, char open, char close, @Nullable String line) {
        text.append(open);
        String inner = line == null ? null : line + INDENT;
        boolean any = false;
        while (members.hasNext()) {
            text.append(any ? (inner == null ? ", " : ",") : "").append(inner == null ? "" : inner);
            Object member = members.next();
            if (member instanceof Map.Entry<?, ?> entry) {
                quoted(String.valueOf(entry.getKey()));
                text.append(": ");
                value(entry.getValue(), inner);
            } else {
                value(member, inner);
            }
            any = true;
        }
        text.append(any && line != null ? line : "").append(close);
    }

    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    // a terminal must not act on them, nor a reader stumble over half of a pair
                    if (Character.isISOControl(c)
                            || Character.isSurrogate(c)
                            || Character.getType(c) == Character.FORMAT) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
