package dev.statedict.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads one JSON document of UTF-8 bytes, token by token, so that no tree of it is ever built. It accepts RFC 8259 and
 * nothing beyond: no duplicate names, byte order mark, comments, lone surrogates, or bytes behind the document.
 *
 * <pre>{@code
 * JsonReader reader = new JsonReader(bytes);
 * reader.beginObject();
 * while (reader.hasNext()) {
 *     String name = reader.nextName();
 *     long value = reader.nextLong();
 * }
 * reader.endObject();
 * reader.endDocument();
 * }</pre>
 *
 * <p>Every method throws {@link JsonException} where the document is not what the call asks for. Time and memory are
 * linear in the document's length.
 */
public final class JsonReader {
    /** How deep objects and arrays may nest. */
    public static final int MAX_DEPTH = 64;

    /** An object or array that has begun; used again for each at its depth, as a header has some for each tensor. */
    private static final class Level {
        final MemberNames names = new MemberNames();
        boolean isObject;
        boolean empty;

        void begin(boolean object) {
            isObject = object;
            empty = true;
        }
    }

    private final JsonScanner scanner;
    private final List<Level> levels = new ArrayList<>();
    private int depth;

    /**
     * A reader at the beginning of a document.
     *
     * @param document the whole document, not copied
     */
    public JsonReader(byte[] document) {
        this(document, 0);
    }

    /**
     * A reader at the beginning of a document that is part of a file.
     *
     * @param document the whole document, not copied
     * @param base where it begins in its file; every offset is counted from the file's beginning
     */
    public JsonReader(byte[] document, long base) {
        this.scanner = new JsonScanner(document, base);
    }

    /**
     * The kind of the next value.
     *
     * @return its kind; it is not read yet
     * @throws JsonException when no value follows
     */
    public JsonToken peek() throws JsonException {
        scanner.skipWhitespace();
        return switch (scanner.current()) {
            case '{' -> JsonToken.OBJECT;
            case '[' -> JsonToken.ARRAY;
            case '"' -> JsonToken.STRING;
            case 't', 'f' -> JsonToken.BOOLEAN;
            case 'n' -> JsonToken.NULL;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonToken.NUMBER;
            default -> throw scanner.expected("a value");
        };
    }

    /**
     * Where the next value begins.
     *
     * @return its offset in bytes, from the base
     */
    public long offset() {
        scanner.skipWhitespace();
        return scanner.offset();
    }

    /**
     * Enters an object.
     *
     * @throws JsonException when none follows, or it nests too deep
     */
    public void beginObject() throws JsonException {
        begin(JsonToken.OBJECT);
    }

    /**
     * Enters an array.
     *
     * @throws JsonException when none follows, or it nests too deep
     */
    public void beginArray() throws JsonException {
        begin(JsonToken.ARRAY);
    }

    /**
     * Whether the current object or array has a further element. To be asked once before each element.
     *
     * @return false at its end
     * @throws JsonException when neither an element nor the end follows
     */
    public boolean hasNext() throws JsonException {
        Level level = level();
        scanner.skipWhitespace();
        if (scanner.current() == (level.isObject ? '}' : ']')) {
            return false;
        }
        if (!level.empty) {
            scanner.require(',', level.isObject ? "',' or '}'" : "',' or ']'");
        }
        level.empty = false;
        return true;
    }

    /**
     * The name of the next member of the current object.
     *
     * @return the name, unescaped
     * @throws JsonException when no name follows, or the object has had it before
     */
    public String nextName() throws JsonException {
        scanner.skipWhitespace();
        long start = offset();
        if (scanner.current() != '"') {
            throw scanner.expected("a name in quotes");
        }
        String name = scanner.string();
        Level level = level();
        if (level.isObject && !level.names.add(name)) {
            throw new JsonException(start, "the name \"" + shorten(name) + "\" is there twice");
        }
        scanner.skipWhitespace();
        scanner.require(':', "':'");
        return name;
    }

    /**
     * Leaves the current object.
     *
     * @throws JsonException when it has not ended
     */
    public void endObject() throws JsonException {
        end('}', "'}'");
    }

    /**
     * Leaves the current array.
     *
     * @throws JsonException when it has not ended
     */
    public void endArray() throws JsonException {
        end(']', "']'");
    }

    /**
     * The next value, a string.
     *
     * @return the string, unescaped
     * @throws JsonException when none follows
     */
    public String nextString() throws JsonException {
        expect(JsonToken.STRING);
        return scanner.string();
    }

    /**
     * The next value, an integer.
     *
     * @return a number from 0 to 2^63 - 1
     * @throws JsonException when none follows: also for {@code -1}, {@code -0}, {@code 1.0} and {@code 1e0}
     */
    public long nextLong() throws JsonException {
        expect(JsonToken.NUMBER);
        long start = offset();
        long whole = scanner.wholeNumber();
        if (whole >= 0) {
            return whole;
        }
        String text = scanner.number();
        if (!text.startsWith("-")) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException beyondLongOrFraction) {
                // said below, as for a negative number
            }
        }
        throw new JsonException(start, "expected an integer from 0 to 2^63 - 1, found " + shorten(text));
    }

    /**
     * The next value, a number.
     *
     * @return its text as it stands in the document
     * @throws JsonException when none follows
     */
    public String nextNumber() throws JsonException {
        expect(JsonToken.NUMBER);
        return scanner.number();
    }

    /**
     * The next value, true or false.
     *
     * @return which
     * @throws JsonException when neither follows
     */
    public boolean nextBoolean() throws JsonException {
        expect(JsonToken.BOOLEAN);
        boolean value = scanner.current() == 't';
        scanner.word(value ? "true" : "false");
        return value;
    }

    /**
     * The next value, null.
     *
     * @throws JsonException when it does not follow
     */
    public void nextNull() throws JsonException {
        expect(JsonToken.NULL);
        scanner.word("null");
    }

    /**
     * Reads past the next value, whatever it is, and checks it all the same.
     *
     * @throws JsonException when it is no value, or nests too deep
     */
    public void skipValue() throws JsonException {
        int around = depth;
        do {
            skipToken();
            while (depth > around && !hasNext()) {
                scanner.advance();
                leave();
            }
            if (depth > around && level().isObject) {
                nextName();
            }
        } while (depth > around);
    }

    private void skipToken() throws JsonException {
        JsonToken token = peek();
        switch (token) {
            case OBJECT, ARRAY -> begin(token);
            case STRING -> scanner.string();
            case NUMBER -> scanner.number();
            case BOOLEAN -> nextBoolean();
            case NULL -> nextNull();
        }
    }

    /**
     * Checks that the document ends here.
     *
     * @throws JsonException when anything but whitespace follows
     */
    public void endDocument() throws JsonException {
        scanner.skipWhitespace();
        if (!scanner.isAtEnd()) {
            throw scanner.expected("the end of the document");
        }
    }

    private void begin(JsonToken token) throws JsonException {
        expect(token);
        if (depth == MAX_DEPTH) {
            throw new JsonException(scanner.offset(), "nested deeper than " + MAX_DEPTH + " levels");
        }
        scanner.advance();
        if (depth == levels.size()) {
            levels.add(new Level());
        }
        depth++;
        level().begin(token == JsonToken.OBJECT);
    }

    /** The innermost that has begun. */
    private Level level() {
        return levels.get(depth - 1);
    }

    private void end(char bracket, String description) throws JsonException {
        scanner.skipWhitespace();
        scanner.require(bracket, description);
        leave();
    }

    private void leave() {
        level().names.clear();
        depth--;
    }

    private void expect(JsonToken token) throws JsonException {
        JsonToken found = peek();
        if (found != token) {
            throw new JsonException(scanner.offset(), "expected " + token + ", found " + found);
        }
    }

    private static String shorten(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
