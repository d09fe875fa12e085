package dev.statedict.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Files for tests. */
final class Fixtures {
    private Fixtures() {}

    /** A resource beside this class, as a file. */
    static Path copy(String name, Path directory) {
        try (InputStream resource = Fixtures.class.getResourceAsStream(name)) {
            String file = name.substring(name.lastIndexOf('/') + 1);
            return Files.write(directory.resolve(file), resource.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The resources of a folder beside this class, as files. */
    static Path copyAll(String folder, Path directory) {
        try (Stream<Path> resources =
                Files.list(Path.of(Fixtures.class.getResource(folder).toURI()))) {
            for (Path resource : resources.toList()) {
                Files.copy(resource, directory.resolve(resource.getFileName().toString()));
            }
            return directory;
        } catch (IOException | URISyntaxException failed) {
            throw new IllegalStateException(failed);
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
