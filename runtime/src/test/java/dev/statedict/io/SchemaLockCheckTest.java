package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.schema.ClassSchema;
import dev.statedict.schema.SchemaJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaLockCheckTest {
    @TempDir
    private Path directory;

    private Path classes;
    private Path lock;

    @BeforeEach
    void oneClassWithItsLock() throws IOException {
        classes = directory.resolve("classes");
        lock = directory.resolve("lock");
        compile("example.Net", 1);
        lock("example.Net", 1);
    }

    private void compile(String module, int version) throws IOException {
        Path file = classes.resolve(module.replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[0]);
        write(classes.resolve(ClassSchema.resourceName(module)), module, version);
    }

    private void lock(String module, int version) throws IOException {
        write(lock.resolve(module + ".json"), module, version);
    }

    private static void write(Path file, String module, int version) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, SchemaJson.write(new ClassSchema(module, version, false, null, List.of(), List.of())));
    }

    @Test
    void aLockOfEveryClassIsInOrder() {
        assertThatCode(() -> SchemaLockCheck.check(classes, lock)).doesNotThrowAnyException();
    }

    @Test
    void everyDifferenceIsNamed() throws IOException {
        compile("example.Net", 2);
        compile("example.Net$Block", 1);
        lock("example.Gone", 1);

        assertThatThrownBy(() -> SchemaLockCheck.check(classes, lock))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The lock in " + lock + " is not that of the classes in " + classes + ":\n"
                                + "\texample.Gone is gone; delete " + lock.resolve("example.Gone.json")
                                + ", or bring the class back\n"
                                + "\tthe lock of example.Net is behind; write it with -Astatedict.schema.update=true, in a clean"
                                + " build\n"
                                + "\texample.Net$Block has no lock; write it with -Astatedict.schema.update=true, in a clean build");
    }

    @Test
    void aSchemaWhoseClassWasDeletedDoesNotCount() throws IOException {
        Files.delete(classes.resolve("example/Net.class"));

        assertThat(SchemaLockCheck.differences(classes, lock))
                .containsExactly("example.Net is gone; delete " + lock.resolve("example.Net.json")
                        + ", or bring the class back");
    }

    @Test
    void lineEndingsAreNoDifference() throws IOException {
        Path file = lock.resolve("example.Net.json");
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));

        assertThat(SchemaLockCheck.differences(classes, lock)).isEmpty();
    }

    @Test
    void withoutALockEveryClassIsWithoutOne() throws IOException {
        assertThat(SchemaLockCheck.differences(classes, directory.resolve("nowhere")))
                .containsExactly(
                        "example.Net has no lock; write it with -Astatedict.schema.update=true, in a clean build");
    }

    @Test
    void aFileThatIsNoSchemaIsNamed() throws IOException {
        Path file = lock.resolve("example.Net.json");
        Files.writeString(file, "{}");

        assertThatThrownBy(() -> SchemaLockCheck.check(classes, lock))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " cannot be read as a schema: \"module\" is missing");
    }

    @Test
    void aCheckOfNothingFails() throws IOException {
        Path nowhere = directory.resolve("nowhere");

        assertThat(SchemaLockCheck.differences(nowhere, nowhere))
                .containsExactly("neither has a class; give the class output and the directory of the lock");
    }

    @Test
    void theProgramEndsWithAStatus() throws IOException {
        assertThat(run(0, classes.toString(), lock.toString())).isEmpty();
        assertThat(run(2, classes.toString()))
                .isEqualTo("give the class output and the directory of the lock" + System.lineSeparator());
        lock("example.Gone", 1);
        assertThat(run(1, classes.toString(), lock.toString()))
                .startsWith("The lock in " + lock + " is not that of the classes in " + classes);
        Path file = lock.resolve("example.Net.json");
        Files.writeString(file, "{}");
        assertThat(run(2, classes.toString(), lock.toString())).startsWith(file + " cannot be read as a schema");
    }

    /** What the program prints. */
    private static String run(int status, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(bytes, true, StandardCharsets.UTF_8);

        assertThat(SchemaLockCheck.run(print, print, arguments)).isEqualTo(status);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
