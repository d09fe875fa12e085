package dev.statedict;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;

/** Objects as Java serializes them. */
final class Serialized {
    /** Lets nothing through but this library's own classes and arrays of bytes. */
    private static final ObjectInputFilter STRICT = ObjectInputFilter.Config.createFilter("dev.statedict.**;[B;!*");

    private Serialized() {}

    static byte[] write(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(STRICT);
            return in.readObject();
        }
    }

    @SuppressWarnings("unchecked")
    static <T> T again(T object) throws IOException, ClassNotFoundException {
        return (T) read(write(object));
    }

    /** A stream in which a class's name stands for another's. */
    static byte[] renamed(byte[] stream, Class<?> from, Class<?> to) {
        return new String(stream, StandardCharsets.ISO_8859_1)
                .replace(named(from), named(to))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A name as streams have it: behind its length. */
    private static String named(Class<?> type) {
        return "\0" + (char) type.getName().length() + type.getName();
    }
}
