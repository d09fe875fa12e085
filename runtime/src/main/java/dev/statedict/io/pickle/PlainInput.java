package dev.statedict.io.pickle;

import dev.statedict.io.file.Names;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The plain values that stand behind instructions of a pickle: integers, texts, bytes, names. */
final class PlainInput {
    private static final int MAX_NAME = 200;

    /** Bytes of an integer: printing it takes the square of them. */
    private static final int MAX_INTEGER = 1000;

    private final PickleInput input;

    PlainInput(PickleInput input) {
        this.input = input;
    }

    /** How many bytes a value takes that may be long. */
    long length() throws IOException {
        return Integer.toUnsignedLong(input.nextInt());
    }

    /** A {@code Long}, or where it is none a {@code BigInteger}. */
    Object integer(long length) throws IOException {
        if (length > MAX_INTEGER) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "an integer of %,d bytes, at most %d are read", length, MAX_INTEGER));
        }
        byte[] littleEndian = input.nextBytes(length);
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < littleEndian.length; i++) {
            bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
        }
        BigInteger value = bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    String text(long length) throws IOException {
        byte[] utf8 = input.nextBytes(length);
        try {
            return decode(utf8);
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("the string is not UTF-8");
        }
    }

    /** Python 2's {@code str} is text or bytes. */
    Object string(long length) throws IOException {
        byte[] content = input.nextBytes(length);
        try {
            return decode(content);
        } catch (CharacterCodingException malformed) {
            return readOnly(content);
        }
    }

    private static String decode(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    ByteBuffer bytes(long length) throws IOException {
        return readOnly(input.nextBytes(length));
    }

    private static ByteBuffer readOnly(byte[] content) {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    /** A name of Python, which has a line to itself. */
    String name() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = input.nextByte(); b != '\n'; b = input.nextByte()) {
            if (line.length() == MAX_NAME || b < ' ' || b > '~') {
                throw new IllegalArgumentException("no name of Python: " + Names.quote(line.toString()));
            }
            line.append((char) b);
        }
        return line.toString();
    }
}
