package dev.statedict.io.numpy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a literal of Python, as {@code ast.literal_eval} reads one: texts, whole numbers, booleans, and tuples, lists and
 * dicts of these. Nothing is evaluated.
 */
final class PythonLiteral {
    private static final int MAX_DEPTH = 64;

    private final String text;
    private int at;
    private int depth;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /**
     * The value of a literal: {@code String}, {@code Long}, {@code Boolean}, {@code List} or {@code Map}.
     *
     * @throws IllegalArgumentException when it is none, saying where
     */
    static Object parse(String text) {
        PythonLiteral literal = new PythonLiteral(text);
        Object value = literal.value();
        literal.skipSpace();
        if (literal.at < text.length()) {
            throw literal.expected("the end");
        }
        return value;
    }

    private IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("expected " + what + " at character " + at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character that is no space; 0 at the end. */
    private char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean skip(char character) {
        boolean found = peek() == character;
        at += found ? 1 : 0;
        return found;
    }

    private Object value() {
        char next = peek();
        if (next == '\'' || next == '"') {
            return string();
        }
        if (next == '(' || next == '[' || next == '{') {
            if (++depth > MAX_DEPTH) {
                throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH + " levels");
            }
            at++;
            Object container = next == '{' ? dict() : items(next == '(' ? ')' : ']');
            depth--;
            return container;
        }
        if (next >= '0' && next <= '9') {
            return number();
        }
        for (String word : new String[] {"True", "False"}) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw expected("a value");
    }

    private String string() {
        char quote = text.charAt(at++);
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at < text.length()) {
                string.append(text.charAt(at++));
            }
        }
        if (at >= text.length()) {
            throw expected("the end of a text");
        }
        at++;
        return string.toString();
    }

    private Long number() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        try {
            long number = Long.parseLong(text.substring(start, at));
            // Python 2 wrote its long integers so
            at += at < text.length() && text.charAt(at) == 'L' ? 1 : 0;
            return number;
        } catch (NumberFormatException tooLarge) {
            at = start;
            throw expected("an integer below 2^63");
        }
    }

    private List<Object> items(char end) {
        List<Object> items = new ArrayList<>();
        while (!skip(end)) {
            items.add(value());
            if (!skip(',') && peek() != end) {
                throw expected("',' or '" + end + "'");
            }
        }
        return items;
    }

    private Map<Object, Object> dict() {
        Map<Object, Object> dict = new LinkedHashMap<>();
        while (!skip('}')) {
            Object key = value();
            if (!skip(':')) {
                throw expected("':'");
            }
            if (dict.put(key, value()) != null) {
                throw new IllegalArgumentException("the key " + key + " is there twice");
            }
            if (!skip(',') && peek() != '}') {
                throw expected("',' or '}'");
            }
        }
        return dict;
    }
}
