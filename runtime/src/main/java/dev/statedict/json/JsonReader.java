package dev.statedict.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** An object or array that has begun. */
    private static final class Level {
        final @Nullable Set<String> names;
        boolean empty = true;

        Level(boolean object) {
            names = object ? new HashSet<>() : null;
        }
    }

    private final byte[] document;
    private final long base;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private int at;

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
        this.document = document;
        this.base = base;
    }

    /**
     * The kind of the next value.
     *
     * @return its kind; it is not read yet
     * @throws JsonException when no value follows
     */
    public JsonToken peek() throws JsonException {
        skipWhitespace();
        return switch (current()) {
            case '{' -> JsonToken.OBJECT;
            case '[' -> JsonToken.ARRAY;
            case '"' -> JsonToken.STRING;
            case 't', 'f' -> JsonToken.BOOLEAN;
            case 'n' -> JsonToken.NULL;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonToken.NUMBER;
            default -> throw expected("a value");
        };
    }

    /**
     * Where the next value begins.
     *
     * @return its offset in bytes, from the base
     */
    public long offset() {
        skipWhitespace();
        return base + at;
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
        Level level = levels.element();
        skipWhitespace();
        if (current() == (level.names == null ? ']' : '}')) {
            return false;
        }
        if (!level.empty) {
            require(',', level.names == null ? "',' or ']'" : "',' or '}'");
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
        skipWhitespace();
        long start = offset();
        if (current() != '"') {
            throw expected("a name in quotes");
        }
        String name = string();
        Set<String> names = levels.element().names;
        if (names != null && !names.add(name)) {
            throw new JsonException(start, "the name \"" + shorten(name) + "\" is there twice");
        }
        skipWhitespace();
        require(':', "':'");
        return name;
    }

    /**
     * Leaves the current object.
     *
     * @throws JsonException when it has not ended
     */
    public void endObject() throws JsonException {
        end('}');
    }

    /**
     * Leaves the current array.
     *
     * @throws JsonException when it has not ended
     */
    public void endArray() throws JsonException {
        end(']');
    }

    /**
     * The next value, a string.
     *
     * @return the string, unescaped
     * @throws JsonException when none follows
     */
    public String nextString() throws JsonException {
        expect(JsonToken.STRING);
        return string();
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
        String text = number();
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
        return number();
    }

    /**
     * The next value, true or false.
     *
     * @return which
     * @throws JsonException when neither follows
     */
    public boolean nextBoolean() throws JsonException {
        expect(JsonToken.BOOLEAN);
        boolean value = current() == 't';
        word(value ? "true" : "false");
        return value;
    }

    /**
     * The next value, null.
     *
     * @throws JsonException when it does not follow
     */
    public void nextNull() throws JsonException {
        expect(JsonToken.NULL);
        word("null");
    }

    /**
     * Reads past the next value, whatever it is, and checks it all the same.
     *
     * @throws JsonException when it is no value, or nests too deep
     */
    public void skipValue() throws JsonException {
        int depth = levels.size();
        do {
            skipToken();
            while (levels.size() > depth && !hasNext()) {
                at++;
                levels.remove();
            }
            if (levels.size() > depth && levels.element().names != null) {
                nextName();
            }
        } while (levels.size() > depth);
    }

    private void skipToken() throws JsonException {
        JsonToken token = peek();
        switch (token) {
            case OBJECT, ARRAY -> begin(token);
            case STRING -> string();
            case NUMBER -> number();
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
        skipWhitespace();
        if (at < document.length) {
            throw expected("the end of the document");
        }
    }

    private void begin(JsonToken token) throws JsonException {
        expect(token);
        if (levels.size() == MAX_DEPTH) {
            throw new JsonException(base + at, "nested deeper than " + MAX_DEPTH + " levels");
        }
        at++;
        levels.push(new Level(token == JsonToken.OBJECT));
    }

    private void end(char bracket) throws JsonException {
        skipWhitespace();
        require(bracket, "'" + bracket + "'");
        levels.remove();
    }

    private void expect(JsonToken token) throws JsonException {
        JsonToken found = peek();
        if (found != token) {
            throw new JsonException(base + at, "expected " + token + ", found " + found);
        }
    }

    private String string() throws JsonException {
        at++;
        int start = at;
        StringBuilder unescaped = null;
        while (current() != '"') {
            if (at == document.length) {
                throw expected("the end of the string");
            }
            if (current() == '\\') {
                unescaped = unescaped == null ? new StringBuilder() : unescaped;
                unescaped.append(decode(start));
                escape(unescaped);
                start = at;
            } else if (current() >= 0 && current() < 0x20) {
                throw expected("no control character in a string");
            } else {
                at++;
            }
        }
        String rest = decode(start);
        at++;
        return unescaped == null ? rest : unescaped.append(rest).toString();
    }

    private String decode(int start) throws JsonException {
        if (isAscii(start)) {
            // most names are, and a header has thousands
            return new String(document, start, at - start, StandardCharsets.US_ASCII);
        }
        ByteBuffer bytes = ByteBuffer.wrap(document, start, at - start);
        try {
            return utf8.decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw new JsonException(base + bytes.position(), "not UTF-8");
        }
    }

    private boolean isAscii(int start) {
        for (int i = start; i < at; i++) {
            if (document[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private void escape(StringBuilder unescaped) throws JsonException {
        long start = base + at;
        at++;
        int letter = current();
        at++;
        switch (letter) {
            case '"', '\\', '/' -> unescaped.append((char) letter);
            case 'b' -> unescaped.append('\b');
            case 'f' -> unescaped.append('\f');
            case 'n' -> unescaped.append('\n');
            case 'r' -> unescaped.append('\r');
            case 't' -> unescaped.append('\t');
            case 'u' -> {
                char unit = codeUnit(start);
                unescaped.append(unit);
                if (Character.isHighSurrogate(unit)
                        && current() == '\\'
                        && at + 1 < document.length
                        && document[at + 1] == 'u') {
                    at += 2;
                    char low = codeUnit(start);
                    unescaped.append(low);
                    if (Character.isLowSurrogate(low)) {
                        return;
                    }
                }
                if (Character.isSurrogate(unit)) {
                    throw new JsonException(start, "half of a surrogate pair");
                }
            }
            default -> throw new JsonException(start, "no escape of JSON");
        }
    }

    private char codeUnit(long start) throws JsonException {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit((char) current(), 16);
            if (digit < 0) {
                throw new JsonException(start, "no escape of JSON: four hexadecimal digits follow \\u");
            }
            unit = unit << 4 | digit;
            at++;
        }
        return (char) unit;
    }

    private String number() throws JsonException {
        int start = at;
        if (current() == '-') {
            at++;
        }
        if (current() == '0') {
            at++;
        } else {
            digits();
        }
        if (current() == '.') {
            at++;
            digits();
        }
        if (current() == 'e' || current() == 'E') {
            at++;
            if (current() == '+' || current() == '-') {
                at++;
            }
            digits();
        }
        return new String(document, start, at - start, StandardCharsets.US_ASCII);
    }

    private void digits() throws JsonException {
        if (current() < '0' || current() > '9') {
            throw expected("a digit");
        }
        while (current() >= '0' && current() <= '9') {
            at++;
        }
    }

    private void word(String word) throws JsonException {
        for (int i = 0; i < word.length(); i++) {
            require(word.charAt(i), word);
        }
    }

    private void require(char wanted, String description) throws JsonException {
        if (current() != wanted) {
            throw expected(description);
        }
        at++;
    }

    private void skipWhitespace() {
        while (current() == ' ' || current() == '\n' || current() == '\r' || current() == '\t') {
            at++;
        }
    }

    /** The byte to be read next, negative beyond ASCII; 0, which is no byte of JSON, at the end. */
    private int current() {
        return at < document.length ? document[at] : 0;
    }

    private JsonException expected(String what) {
        String found = at == document.length
                ? "the end"
                : document[at] > 0x20 && document[at] < 0x7f
                        ? "'" + (char) document[at] + "'"
                        : String.format("the byte 0x%02x", document[at]);
        return new JsonException(base + at, "expected " + what + ", found " + found);
    }

    private static String shorten(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
