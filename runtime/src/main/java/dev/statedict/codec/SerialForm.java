package dev.statedict.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What is serialized: a dict, or a text that says all of an object. */
public final class SerialForm {
    private SerialForm() {}

    /**
     * Writes a dict.
     *
     * @param dict the dict
     * @param out not closed
     * @throws InvalidObjectException when the format does not express it
     * @throws IOException when the stream takes no more
     */
    public static void write(CodedDict dict, ObjectOutputStream out) throws IOException {
        try {
            Encoder.of(dict).writeTo(out);
        } catch (IllegalArgumentException refused) {
            throw notWritten(refused);
        }
    }

    /**
     * What is thrown for an object that cannot be written.
     *
     * @param why says it
     * @return the exception
     */
    public static InvalidObjectException notWritten(IllegalArgumentException why) {
        InvalidObjectException refused = new InvalidObjectException(why.getMessage());
        refused.initCause(why);
        return refused;
    }

    /**
     * Writes a text: the length of its UTF-8 bytes, little-endian, and these.
     *
     * @param text the text
     * @param out not closed
     * @throws IOException when it takes no more
     */
    public static void write(String text, OutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.length)
                .array());
        out.write(bytes);
    }

    /**
     * Reads the bytes of a text, which are a JSON document as yet unread.
     *
     * @param in where they begin; not closed
     * @return all of them; what is allocated grows with what has arrived
     * @throws CodecException when they end too early
     * @throws IOException when they cannot be read
     */
    public static byte[] readText(InputStream in) throws IOException {
        return Decoder.text(in);
    }
}
