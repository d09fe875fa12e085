package dev.statedict.processor;

import static com.google.testing.compile.Compiler.javac;

import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import org.jspecify.annotations.Nullable;

/** javac as a user calls it, with the processor. Immutable: each {@code with} gives a new one. */
record UserCompiler(
        List<String> options,
        List<Processor> others,
        @Nullable Path library) {
    /** Every lint, and warnings are errors. */
    static UserCompiler strict() {
        return new UserCompiler(List.of("-Xlint:all", "-Werror", "--release", "17"), List.of(), null);
    }

    static UserCompiler lenient() {
        return new UserCompiler(List.of("--release", "17"), List.of(), null);
    }

    UserCompiler withOptions(String... more) {
        List<String> all = new ArrayList<>(options);
        Collections.addAll(all, more);
        return new UserCompiler(all, others, library);
    }

    /** With another processor, which runs after ours. */
    UserCompiler withProcessor(Processor other) {
        return new UserCompiler(options, List.of(other), library);
    }

    /** With a directory of classes that were compiled before. */
    UserCompiler withLibrary(Path classes) {
        return new UserCompiler(options, others, classes);
    }

    /** The language as of the JDK that runs, and not of Java 17. */
    UserCompiler atNewestLevel() {
        return new UserCompiler(
                options.stream()
                        .filter(option -> !option.equals("--release") && !option.equals("17"))
                        .toList(),
                others,
                library);
    }

    Compiled compile(String... sources) {
        Compiler compiler = javac().withProcessors(Stream.concat(Stream.of(new StateDictProcessor()), others.stream())
                        .toList())
                .withOptions(options);
        if (library != null) {
            List<File> classpath = new ArrayList<>(List.of(library.toFile()));
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(File::new)
                    .forEach(classpath::add);
            compiler = compiler.withClasspath(classpath);
        }
        return new Compiled(
                compiler.compile(Arrays.stream(sources)
                        .map(source -> JavaFileObjects.forSourceString(
                                Compiled.path(source).replace(".java", "").replace('/', '.'), source))
                        .toList()),
                library);
    }
}
