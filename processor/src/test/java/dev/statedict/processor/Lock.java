package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * A directory of committed schemas, as a project has it.
 *
 * @param directory the directory
 */
record Lock(Path directory) {
    /** Locks the classes of some sources, of which an example has no package and no imports. */
    static Lock of(Path directory, String... sources) {
        Lock lock = new Lock(directory);
        lock.update(sources);
        return lock;
    }

    String option() {
        return "-Astatedict.schema=" + directory;
    }

    /** Compiles the sources and accepts what they are. */
    Compiled update(String... sources) {
        Compiled compiled = UserCompiler.strict()
                .withOptions(option(), "-Astatedict.schema.update=true")
                .compile(inExample(sources));
        assertThat(compiled.messages()).isEmpty();
        return compiled;
    }

    Refusal refuses(String... sources) {
        return Refusal.of(sources).under(option());
    }

    /** Holds that the sources keep the lock. */
    Compiled accepts(String... sources) {
        Compiled compiled = UserCompiler.strict().withOptions(option()).compile(inExample(sources));
        assertThat(compiled.messages()).isEmpty();
        return compiled;
    }

    private static String[] inExample(String... sources) {
        return Arrays.stream(sources)
                .map(source -> source.startsWith("package ") ? source : Compiled.inExample(source))
                .toArray(String[]::new);
    }
}
