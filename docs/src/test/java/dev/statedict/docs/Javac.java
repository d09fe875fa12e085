package dev.statedict.docs;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A directory with sources, as a user has one, and the compiler that came with this JDK. */
final class Javac {
    /** Where the runtime and the processor are: the tests' own class path. */
    static final String CLASS_PATH = System.getProperty("java.class.path");

    private final Path directory;
    private final Map<String, String> sources = new TreeMap<>();

    Javac(Path directory) {
        this.directory = directory;
    }

    Javac source(String file, String text) {
        sources.put(file, text);
        return this;
    }

    /** Compiles with the runtime on the class path and the processor on its path, and returns what was said. */
    String compile() throws IOException {
        return compile("-cp", CLASS_PATH, "-processorpath", CLASS_PATH);
    }

    /** Compiles with the given arguments, and returns what was said. */
    String compile(String... arguments) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()));
        }
        List<String> options = new ArrayList<>(List.of("-d", classes().toString()));
        options.addAll(List.of(arguments));
        Files.createDirectories(classes());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            compiler.getTask(said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
        }
        return said.toString().replace("\r\n", "\n").replace(directory + File.separator, "");
    }

    /** Runs a class's {@code main} in the directory, and returns what it printed on either output. */
    String run(String mainClass, String classPath) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes() + File.pathSeparator + classPath,
                        mainClass)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(mainClass + " does not end");
        }
        return printed.replace("\r\n", "\n");
    }

    private Path classes() {
        return directory.resolve("classes");
    }
}
