package dev.statedict.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/** Sources of a user, compiled by Eclipse's batch compiler with the processor. */
final class EclipseCompiled {
    private final List<Diagnostic<? extends JavaFileObject>> diagnostics;
    private final Path output;
    private final Path generated;

    private EclipseCompiled(List<Diagnostic<? extends JavaFileObject>> diagnostics, Path output, Path generated) {
        this.diagnostics = diagnostics;
        this.output = output;
        this.generated = generated;
    }

    /** Compiles the sources in a directory that is the caller's to delete. */
    static EclipseCompiled in(Path directory, List<String> options, String... sources) {
        try {
            Path output = Files.createDirectories(directory.resolve("classes"));
            Path generated = Files.createDirectories(directory.resolve("generated"));
            List<Path> files = new ArrayList<>();
            for (String source : sources) {
                Path file = directory.resolve("src").resolve(Compiled.path(source));
                Files.createDirectories(file.getParent());
                files.add(Files.writeString(file, source));
            }
            DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
            JavaCompiler compiler = new EclipseCompiler();
            try (StandardJavaFileManager manager =
                    compiler.getStandardFileManager(collector, Locale.ROOT, StandardCharsets.UTF_8)) {
                manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
                manager.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(generated));
                List<String> all = new ArrayList<>(List.of("-source", "17", "-target", "17"));
                all.addAll(options);
                JavaCompiler.CompilationTask task = compiler.getTask(
                        Writer.nullWriter(), manager, collector, all, null, manager.getJavaFileObjectsFromPaths(files));
                task.setProcessors(List.of(new StateDictProcessor()));
                task.call();
                return new EclipseCompiled(collector.getDiagnostics(), output, generated);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path output() {
        return output;
    }

    /** The sources of all generated types, by path. */
    Map<String, String> generated() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(generated)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.put(generated.relativize(file).toString(), Files.readString(file));
            }
        }
        return sources;
    }

    /** The errors, each with its place: {@code Net.java:5: message}. Columns are not told. */
    List<String> errors() {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(EclipseCompiled::render)
                .toList();
    }

    /** What we warn of, each with its place. Eclipse's compiler warns of much else. */
    List<String> warnings() {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.WARNING
                        && diagnostic.getMessage(Locale.ROOT).contains("[statedict:"))
                .map(EclipseCompiled::render)
                .toList();
    }

    private static String render(Diagnostic<? extends JavaFileObject> diagnostic) {
        JavaFileObject source = diagnostic.getSource();
        String place = source == null
                ? ""
                : source.getName().replaceFirst(".*/", "") + ":" + diagnostic.getLineNumber() + ": ";
        return place + diagnostic.getMessage(Locale.ROOT);
    }
}
