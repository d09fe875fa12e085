package dev.statedict.processor;

import dev.statedict.Stateful;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java modules that javac compiles at once, as {@code --module-source-path} has them. */
final class ModuleSources {
    private final Path directory;
    private final List<Path> files = new ArrayList<>();

    ModuleSources(Path directory) {
        this.directory = directory;
    }

    void add(String module, String info, String type) throws IOException {
        Path source = directory.resolve("src").resolve(module);
        Path typeFile = source.resolve(Compiled.path(type));
        Files.createDirectories(typeFile.getParent());
        files.add(Files.writeString(source.resolve("module-info.java"), info));
        files.add(Files.writeString(typeFile, type));
    }

    /** What javac says. */
    List<String> compile() throws Exception {
        Path runtime = Path.of(Stateful.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            List<String> options = List.of(
                    "--module-source-path",
                    directory.resolve("src").toString(),
                    "--module-path",
                    runtime.toString(),
                    "-d",
                    Files.createDirectories(output("")).toString());
            JavaCompiler.CompilationTask task = compiler.getTask(
                    null, manager, diagnostics, options, null, manager.getJavaFileObjectsFromPaths(files));
            task.setProcessors(List.of(new StateDictProcessor()));
            task.call();
        }
        return diagnostics.getDiagnostics().stream().map(Object::toString).toList();
    }

    Path output(String file) {
        return directory.resolve("classes").resolve(file);
    }
}
