package dev.statedict.benchmark.source;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Many classes of a shape, to be compiled by a {@code javac} in a process of its own.
 *
 * @param kind whose classes
 * @param classes how many
 * @param fields how many in each
 * @param processed whether the processor runs; else only javac does, on the same classes
 */
record Compilation(GeneratorKind kind, int classes, int fields, boolean processed) {
    private static final String TYPE = "Module";

    /** What a compilation came to: its time, and the size of the class files of classes that were generated. */
    record Outcome(double microseconds, long generatedBytes) {}

    /**
     * Compiles in a folder, and leaves there what it made: while a file system remembers what was deleted, new files cost
     * it more time than a compiler takes to write them.
     *
     * @param processors a folder of folders, each of a processor and what it needs
     * @param folder a new folder
     */
    Outcome run(Path processors, Path folder) {
        try {
            return compile(processors, Files.createDirectory(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome compile(Path processors, Path folder) throws IOException {
        Path output = Files.createDirectory(folder.resolve("classes"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-d",
                output.toString(),
                "-cp",
                jars(processors.resolve(GeneratorKind.STATEDICT.folder()), processors.resolve(kind.folder()))));
        command.addAll(
                processed ? List.of("-processorpath", jars(processors.resolve(kind.folder()))) : List.of("-proc:none"));
        command.add("@" + Files.write(folder.resolve("sources"), writeSources(folder)));
        long start = System.nanoTime();
        Program.lines(command)
                .orElseThrow(() -> new IllegalStateException("javac failed: " + String.join(" ", command)));
        return new Outcome((System.nanoTime() - start) / 1e3, generatedBytes(output));
    }

    private List<String> writeSources(Path folder) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("source/modules"));
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            String source = "package modules;\n\nimport dev.statedict.tensor.Tensor;\n\n"
                    + kind.source(TYPE + i, fields, processed);
            paths.add(Files.writeString(sources.resolve(TYPE + i + ".java"), source)
                    .toString());
        }
        return paths;
    }

    private static String jars(Path... folders) throws IOException {
        List<String> jars = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                files.sorted().map(Path::toString).forEach(jars::add);
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static long generatedBytes(Path output) throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.getFileName().toString().matches(TYPE + "\\d+\\.class"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
