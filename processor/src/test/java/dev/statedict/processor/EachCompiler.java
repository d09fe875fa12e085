package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Stateful;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** The compilers that users have: what is generated under each is compiled and run. */
enum EachCompiler {
    JAVAC {
        @Override
        Supplier<Stateful> compile(Path directory, String className, String... sources) {
            Compiled compiled = Compiled.withOptions(List.of(), sources);
            return () -> compiled.create(Stateful.class, className);
        }
    },
    ECLIPSE {
        @Override
        Supplier<Stateful> compile(Path directory, String className, String... sources) {
            try {
                EclipseCompiled compiled =
                        EclipseCompiled.in(Files.createTempDirectory(directory, "eclipse"), List.of(), sources);
                assertThat(compiled.errors()).isEmpty();
                Constructor<?> constructor = new URLClassLoader(
                                new URL[] {compiled.output().toUri().toURL()}, EachCompiler.class.getClassLoader())
                        .loadClass(className)
                        .getDeclaredConstructor();
                constructor.setAccessible(true);
                return () -> {
                    try {
                        return (Stateful) constructor.newInstance();
                    } catch (ReflectiveOperationException e) {
                        throw new AssertionError(e);
                    }
                };
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    /** Compiles the sources; each call of what is returned makes a new object of the class. */
    abstract Supplier<Stateful> compile(Path directory, String className, String... sources);
}
