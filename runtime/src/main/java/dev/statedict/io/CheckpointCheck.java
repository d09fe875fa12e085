package dev.statedict.io;

import dev.statedict.SchemaReport;
import dev.statedict.StateDictSchema;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The check that files still load into a class, for a build that keeps both: no module is made and no tensor read.
 *
 * <pre>{@code
 * @Test
 * void theReleasedWeightsStillLoad() {
 *   CheckpointCheck.check(Detector.class, Path.of("weights/v1.safetensors"), Path.of("weights/v2.pt"));
 * }
 * }</pre>
 *
 * <p>The same as a program, with the class and the runtime on the class path:
 *
 * <pre>{@code
 * java -cp ... dev.statedict.io.CheckpointCheck com.example.Detector weights/v1.safetensors weights/v2.pt
 * }</pre>
 */
public final class CheckpointCheck {
    private static final int LOADS = 0;
    private static final int DOES_NOT_LOAD = 1;
    private static final int NOT_CHECKED = 2;

    private final String className;
    private final StateDictSchema schema;
    private final List<String> failures = new ArrayList<>();

    private CheckpointCheck(String className, StateDictSchema schema) {
        this.className = className;
        this.schema = schema;
    }

    /**
     * Holds files against a class, as {@link Checkpoints#check} does. What shows only in a load, the values and what a {@code
     * migrate} method makes of older state, is not held against them.
     *
     * @param moduleClass a {@link dev.statedict.StateModule} class
     * @param files safetensors files, shard indexes or PyTorch checkpoints, one at least
     * @throws IllegalStateException when one of them would not load, or cannot be read; the message tells all of them, each
     *     with its report
     * @throws IllegalArgumentException when there is no file, or the class is no module
     */
    public static void check(Class<?> moduleClass, Path... files) {
        if (files.length == 0) {
            throw new IllegalArgumentException("give the files that are to load into " + moduleClass.getName());
        }
        CheckpointCheck check = new CheckpointCheck(moduleClass.getName(), StateDictSchema.of(moduleClass));
        for (Path file : files) {
            check.describe(file);
        }
        if (!check.failures.isEmpty()) {
            throw new IllegalStateException(String.join("\n", check.failures));
        }
    }

    /** Whether a file loads, and why not, and remembers it if it does not. */
    private String describe(Path file) {
        try {
            SchemaReport report = Checkpoints.check(file, schema);
            String text = file
                    + (report.isCompatible() ? " loads into " : " does not load into ")
                    + className
                    + indented(report);
            if (!report.isCompatible()) {
                failures.add(text);
            }
            return text;
        } catch (IOException e) {
            String text = unreadable(file, e);
            failures.add(text);
            return text;
        }
    }

    private static String unreadable(Path file, IOException e) {
        // the exceptions of this package begin with the file, those of the JDK may say nothing else
        return e instanceof CheckpointFormatException
                ? String.valueOf(e.getMessage())
                : file + " cannot be read: " + (e instanceof NoSuchFileException ? "there is no such file" : e);
    }

    private static String indented(SchemaReport report) {
        return ":\n\t" + report.toString().replace("\n", "\n\t");
    }

    /**
     * The check as a program. It tells of each file whether it loads, and ends the virtual machine with the status 1 when one
     * does not or cannot be read, and with 2 when nothing was checked, for an argument was missing or is no module class.
     *
     * @param arguments the binary name of the class, and the files
     */
    public static void main(String... arguments) {
        int status = run(System.out, System.err, arguments);
        if (status != LOADS) {
            System.exit(status);
        }
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        if (arguments.length < 2) {
            err.println("give the name of a module class, and the files that are to load into it");
            return NOT_CHECKED;
        }
        ClassLoader loader = ClassLoader.getSystemClassLoader(); // the class path's
        if (loader.getResource(arguments[0].replace('.', '/') + ".class") == null) {
            err.println("the class " + arguments[0] + " is not on the class path");
            return NOT_CHECKED;
        }
        CheckpointCheck check;
        try {
            check = new CheckpointCheck(arguments[0], StateDictSchema.of(arguments[0], loader));
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return NOT_CHECKED;
        }
        Arrays.stream(arguments, 1, arguments.length)
                .map(Path::of)
                .map(check::describe)
                .forEach(out::println);
        return check.failures.isEmpty() ? LOADS : DOES_NOT_LOAD;
    }
}
