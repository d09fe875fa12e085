package dev.statedict.processor;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/** Sources of a user, compiled by javac with the processor. */
final class Compiled {
    private static final Pattern TYPE = Pattern.compile("(?U)(?:class|record|interface|enum) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

    private final Compilation compilation;
    private final @Nullable Path library;
    private @Nullable ClassLoader loader;

    Compiled(Compilation compilation, @Nullable Path library) {
        this.compilation = compilation;
        this.library = library;
    }

    /** Compiles as the strictest user does: every lint, and warnings are errors. */
    static Compiled strictly(String... sources) {
        return UserCompiler.strict().compile(sources);
    }

    static Compiled withOptions(List<String> options, String... sources) {
        return UserCompiler.lenient()
                .withOptions(options.toArray(String[]::new))
                .compile(sources);
    }

    /** A source with the package and the imports that examples need. */
    static String inExample(String source) {
        return """
                package example;

                import dev.statedict.*;
                import dev.statedict.tensor.*;
                import java.util.*;

                """ + source;
    }

    /** The path of a source file, which is named by its first type. */
    static String path(String text) {
        Matcher inPackage = PACKAGE.matcher(text);
        String directory = inPackage.find() ? inPackage.group(1).replace('.', '/') + '/' : "";
        return directory + fileName(text);
    }

    static String fileName(String text) {
        Matcher type = TYPE.matcher(text);
        if (!type.find()) {
            throw new IllegalArgumentException("no type in: " + text);
        }
        return type.group(1) + ".java";
    }

    boolean succeeded() {
        return compilation.status() == Compilation.Status.SUCCESS;
    }

    /** What the compiler says, each line with its kind and place: {@code ERROR Net.java:5:9: message}. */
    List<String> messages() {
        return compilation.diagnostics().stream().map(Compiled::render).toList();
    }

    private static String render(Diagnostic<? extends JavaFileObject> diagnostic) {
        String place = Optional.ofNullable(diagnostic.getSource())
                .map(source -> source.getName().replaceFirst(".*/", "") + ":" + diagnostic.getLineNumber() + ":"
                        + diagnostic.getColumnNumber() + ": ")
                .orElse("");
        return diagnostic.getKind() + " " + place + diagnostic.getMessage(Locale.ROOT);
    }

    /** The source of a generated type. */
    String generated(String qualifiedName) {
        JavaFileObject file = compilation
                .generatedFile(StandardLocation.SOURCE_OUTPUT, qualifiedName.replace('.', '/') + ".java")
                .orElseThrow(() -> new AssertionError(qualifiedName + " was not generated: " + messages()));
        try {
            return file.getCharContent(false).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file that was put out beside the classes. */
    String resource(String name) {
        JavaFileObject file = compilation
                .generatedFile(StandardLocation.CLASS_OUTPUT, name)
                .orElseThrow(() -> new AssertionError(name + " was not generated: " + messages()));
        try {
            return file.getCharContent(false).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sources of all generated types, by path. */
    Map<String, String> allGenerated() {
        Map<String, String> sources = new TreeMap<>();
        for (JavaFileObject file : compilation.generatedSourceFiles()) {
            try {
                sources.put(file.getName(), file.getCharContent(false).toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources;
    }

    /** Writes the compiled classes, for another compilation to use as a library. */
    Path writeTo(Path directory) {
        requireSuccess();
        try {
            for (JavaFileObject file : compilation.generatedFiles()) {
                if (file.getKind() == JavaFileObject.Kind.CLASS) {
                    Path target = directory.resolve(file.getName().replaceFirst("^/CLASS_OUTPUT/", ""));
                    Files.createDirectories(target.getParent());
                    try (InputStream stream = file.openInputStream()) {
                        Files.copy(stream, target);
                    }
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new object of a compiled class, by its constructor without parameters. */
    <T> T create(Class<T> type, String className) {
        try {
            Constructor<?> constructor = load(className).getDeclaredConstructor();
            constructor.setAccessible(true);
            return type.cast(constructor.newInstance());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** A compiled class. */
    Class<?> load(String className) {
        requireSuccess();
        try {
            if (loader == null) {
                loader = new Loader(
                        library == null
                                ? Compiled.class.getClassLoader()
                                : new URLClassLoader(
                                        new URL[] {library.toUri().toURL()}, Compiled.class.getClassLoader()));
            }
            return Class.forName(className, true, loader);
        } catch (ReflectiveOperationException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private void requireSuccess() {
        if (!succeeded()) {
            throw new AssertionError(String.join("\n", messages()));
        }
    }

    private final class Loader extends ClassLoader {
        Loader(ClassLoader parent) {
            super(parent);
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            return compilation
                    .generatedFile(StandardLocation.CLASS_OUTPUT, name)
                    .map(Loader::open)
                    .orElse(null);
        }

        private static InputStream open(JavaFileObject file) {
            try {
                return file.openInputStream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            JavaFileObject file = compilation
                    .generatedFile(StandardLocation.CLASS_OUTPUT, name.replace('.', '/') + ".class")
                    .orElseThrow(() -> new ClassNotFoundException(name));
            try (InputStream stream = file.openInputStream()) {
                byte[] bytes = stream.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
