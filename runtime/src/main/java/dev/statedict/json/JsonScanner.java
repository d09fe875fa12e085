package dev.statedict.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what JSON is spelled with, byte by byte: strings, numbers, words and marks, but not how they nest. */
final class JsonScanner {
    /** How long a string is that is remembered. */
    private static final int WORD = 16;

    /** Of as many any number is a long. */
    private static final int MAX_DIGITS = 18;

    private final byte[] document;
    private final long base;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    /** Short strings by a hash of their bytes: a header says the same few words of each of its thousands of tensors. */
    private final @Nullable String[] words = new @Nullable String[64];

    private int at;

    /**
     * A scanner at the beginning of a document.
     *
     * @param document the whole document, not copied
     * @param base where it begins in its file; every offset is counted from the file's beginning
     */
    JsonScanner(byte[] document, long base) {
        this.document = document;
        this.base = base;
    }

    /** Where the byte to be read next stands in the file. */
    long offset() {
        return base + at;
    }

    boolean isAtEnd() {
        return at == document.length;
    }

    /** Passes the byte to be read next. */
    void advance() {
        at++;
    }

    /** A string, whose first quote is next. */
    String string() throws JsonException {
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
            return at - start > WORD ? ascii(start) : word(start);
        }
        ByteBuffer bytes = ByteBuffer.wrap(document, start, at - start);
        try {
            return utf8.decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw new JsonException(base + bytes.position(), "not UTF-8");
        }
    }

    private String ascii(int start) {
        return new String(document, start, at - start, StandardCharsets.US_ASCII);
    }

    private String word(int start) {
        int hash = at - start;
        for (int i = start; i < at; i++) {
            hash = 31 * hash + document[i];
        }
        int place = hash & words.length - 1;
        String word = words[place];
        if (word == null || !isWord(word, start)) {
            word = ascii(start);
            words[place] = word;
        }
        return word;
    }

    private boolean isWord(String word, int start) {
        if (word.length() != at - start) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != document[start + i]) {
                return false;
            }
        }
        return true;
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

    /** A whole number of at most 18 digits, without a sign; -1 where the number is another, which is not passed then. */
    long wholeNumber() {
        int start = at;
        long number = 0;
        do {
            int digit = current() - '0';
            if (digit < 0 || digit > 9 || at - start == MAX_DIGITS) {
                at = start;
                return -1;
            }
            number = number * 10 + digit;
            at++;
        } while (number > 0 && current() >= '0' && current() <= '9');
        if (current() == '.' || current() == 'e' || current() == 'E') {
            at = start;
            return -1;
        }
        return number;
    }

    /** A number as it stands there. */
    String number() throws JsonException {
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

    void word(String word) throws JsonException {
        for (int i = 0; i < word.length(); i++) {
            require(word.charAt(i), word);
        }
    }

    /** Passes a mark, or says what was expected in its place. */
    void require(char wanted, String description) throws JsonException {
        if (current() != wanted) {
            throw expected(description);
        }
        at++;
    }

    void skipWhitespace() {
        while (current() == ' ' || current() == '\n' || current() == '\r' || current() == '\t') {
            at++;
        }
    }

    /** The byte to be read next, negative beyond ASCII; 0, which is no byte of JSON, at the end. */
    int current() {
        return at < document.length ? document[at] : 0;
    }

    JsonException expected(String what) {
        String found = at == document.length
                ? "the end"
                : document[at] > 0x20 && document[at] < 0x7f
                        ? "'" + (char) document[at] + "'"
                        : String.format("the byte 0x%02x", document[at]);
        return new JsonException(base + at, "expected " + what + ", found " + found);
    }
}
