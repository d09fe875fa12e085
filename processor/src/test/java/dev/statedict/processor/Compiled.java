package dev.statedict.processor;

import static com.google.testing.compile.Compiler.javac;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** Sources of a user, compiled by javac with the processor. */
final class Compiled {
    private static final Pattern TYPE = Pattern.compile("(?:class|record|interface|enum) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

    private final Compilation compilation;

    private Compiled(Compilation compilation) {
        this.compilation = compilation;
    }

    /** Compiles as the strictest user does: every lint, and warnings are errors. */
    static Compiled strictly(String... sources) {
        return withOptions(List.of("-Xlint:all", "-Werror"), sources);
    }

    static Compiled withOptions(List<String> options, String... sources) {
        List<String> all = new ArrayList<>(options);
        Collections.addAll(all, "--release", "17");
        return new Compiled(javac().withProcessors(new StateDictProcessor())
                .withOptions(all)
                .compile(Arrays.stream(sources).map(Compiled::source).toList()));
    }

    /** A source with the package and the imports that examples need. */
    static String inExample(String source) {
        return """
                package example;

                import dev.statedict.*;
                import dev.statedict.tensor.Tensor;
                import java.util.*;

                """ + source;
    }

    private static JavaFileObject source(String text) {
        return JavaFileObjects.forSourceString(path(text).replace(".java", "").replace('/', '.'), text);
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

    /** A new object of a compiled class. */
    <T> T create(Class<T> type, String className) {
        if (!succeeded()) {
            throw new AssertionError(String.join("\n", messages()));
        }
        try {
            return type.cast(Class.forName(className, true, new Loader())
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private final class Loader extends ClassLoader {
        Loader() {
            super(Compiled.class.getClassLoader());
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
