package dev.statedict.processor.schema;

import dev.statedict.schema.ClassSchema;
import dev.statedict.schema.SchemaJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The committed schemas, a file for each class.
 *
 * @param path the directory
 */
record LockDirectory(Path path) {
    Path file(String module) {
        return path.resolve(module + ".json");
    }

    /** The locked schema of a class, if there is one. */
    Optional<ClassSchema> read(String module) throws IOException {
        String json;
        try {
            json = Files.readString(file(module));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8", e);
        }
        ClassSchema schema = SchemaJson.read(json);
        if (!schema.module().equals(module)) {
            throw new IOException("it is that of " + schema.module());
        }
        return Optional.of(schema);
    }

    /** The locked superclasses of a class, nearest first, as far as they are in this lock: another jar's are not. */
    List<ClassSchema> superclassesOf(ClassSchema schema) throws IOException {
        List<ClassSchema> superclasses = new ArrayList<>();
        Set<String> below = new HashSet<>(Set.of(schema.module()));
        String name = schema.superclass();
        while (name != null) {
            if (!below.add(name)) {
                throw new IOException("its superclasses in the lock lead back to " + name);
            }
            Optional<ClassSchema> above = read(name);
            above.ifPresent(superclasses::add);
            name = above.map(ClassSchema::superclass).orElse(null);
        }
        return superclasses;
    }

    /** Writes the schema of a class; a file that is as it should be keeps its date. */
    void write(ClassSchema schema) throws IOException {
        String json = SchemaJson.write(schema);
        Path file = file(schema.module());
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            Files.createDirectories(path);
            Files.write(file, content);
        }
    }
}
