package dev.statedict.io;

import dev.statedict.schema.ClassSchema;
import dev.statedict.schema.SchemaJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The check of a lock against a whole build. The compiler sees the classes that it compiles, which in an incremental build
 * are few; what is seen here is all of them: a class without a lock, a lock that is behind its class, and a lock whose class
 * is gone.
 *
 * <pre>{@code
 * @Test
 * void theLockIsThatOfTheClasses() throws IOException {
 *   SchemaLockCheck.check(Path.of("target/classes"), Path.of("statedict"));
 * }
 * }</pre>
 *
 * <p>The same as a program:
 *
 * <pre>{@code
 * java -cp statedict-runtime.jar dev.statedict.io.SchemaLockCheck target/classes statedict
 * }</pre>
 *
 * @see CheckpointCheck the check that files still load into a class
 */
public final class SchemaLockCheck {
    private static final String EXTENSION = ".json";

    private static final int SAME = 0;
    private static final int DIFFERENT = 1;
    private static final int NOT_COMPARED = 2;

    private SchemaLockCheck() {}

    /**
     * Holds a lock against compiled classes.
     *
     * @param classes the class output, with the schemas that the processor wrote
     * @param lock the directory of the committed schemas
     * @throws IllegalStateException when they differ; the message names each class and what to do
     * @throws IOException when a file cannot be read, or is no schema
     */
    public static void check(Path classes, Path lock) throws IOException {
        List<String> differences = differences(classes, lock);
        if (!differences.isEmpty()) {
            throw new IllegalStateException("The lock in " + lock + " is not that of the classes in " + classes
                    + ":\n\t" + String.join("\n\t", differences));
        }
    }

    /** What {@link #check} would complain of: a sentence for each class, in the order of their names. */
    static List<String> differences(Path classes, Path lock) throws IOException {
        Path schemas = classes.resolve(ClassSchema.resourceName("any")).resolveSibling("");
        Set<String> compiled = new TreeSet<>();
        for (String module : modules(schemas)) {
            // a build that is not clean may have kept the schema of a class that is gone
            if (Files.exists(classes.resolve(module.replace('.', '/') + ".class"))) {
                compiled.add(module);
            }
        }
        Set<String> locked = modules(lock);
        Set<String> all = new TreeSet<>(compiled);
        all.addAll(locked);
        if (all.isEmpty()) {
            return List.of("neither has a class; give the class output and the directory of the lock");
        }
        List<String> differences = new ArrayList<>();
        for (String module : all) {
            difference(module, compiled, schemas, locked, lock).ifPresent(differences::add);
        }
        return differences;
    }

    private static Optional<String> difference(
            String module, Set<String> compiled, Path schemas, Set<String> locked, Path lock) throws IOException {
        if (!compiled.contains(module)) {
            return Optional.of(
                    module + " is gone; delete " + lock.resolve(module + EXTENSION) + ", or bring the class back");
        }
        if (!locked.contains(module)) {
            return Optional.of(module + " has no lock; write it with -Astatedict.schema.update=true, in a clean build");
        }
        return read(schemas, module).equals(read(lock, module))
                ? Optional.empty()
                : Optional.of("the lock of " + module
                        + " is behind; write it with -Astatedict.schema.update=true, in a clean build");
    }

    /** The classes of which a directory has the schemas. */
    private static Set<String> modules(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(EXTENSION))
                    .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static ClassSchema read(Path directory, String module) throws IOException {
        Path file = directory.resolve(module + EXTENSION);
        try {
            return SchemaJson.read(Files.readString(file));
        } catch (IOException e) {
            throw new IOException(file + " cannot be read as a schema: " + e.getMessage(), e);
        }
    }

    /**
     * The check as a program. It prints what {@link #check} would throw, and ends the virtual machine with the status 1 when
     * there is a difference, and with 2 when nothing was compared, for an argument was missing or a file cannot be read.
     *
     * @param arguments the class output and the directory of the lock
     */
    public static void main(String... arguments) {
        int status = run(System.out, System.err, arguments);
        if (status != SAME) {
            System.exit(status);
        }
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        if (arguments.length != 2) {
            err.println("give the class output and the directory of the lock");
            return NOT_COMPARED;
        }
        try {
            check(Path.of(arguments[0]), Path.of(arguments[1]));
            return SAME;
        } catch (IllegalStateException e) {
            out.println(e.getMessage());
            return DIFFERENT;
        } catch (IOException e) {
            err.println(e.getMessage());
            return NOT_COMPARED;
        }
    }
}
