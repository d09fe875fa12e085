package dev.statedict.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files for tests. */
final class Fixtures {
    private Fixtures() {}

    /** A resource beside this class, as a file. */
    static Path copy(String name, Path directory) {
        try (InputStream resource = Fixtures.class.getResourceAsStream(name)) {
            return Files.write(directory.resolve(name), resource.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The bytes of a safetensors file whose header is exactly this text. */
    static byte[] safetensors(String header, int... data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file =
                ByteBuffer.allocate(Long.BYTES + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        for (int b : data) {
            file.put((byte) b);
        }
        return file.array();
    }
}
