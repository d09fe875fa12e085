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
    /** How a refusal of the lock ends. */
    static final String ACCEPT = ", or accept the change with -Astatedict.schema.update=true";

    /** How one ends where old dicts can be brought over. */
    static final String MIGRATE = ", or let the migrate method of a new version bring old dicts over and accept the"
            + " change with -Astatedict.schema.update=true";

    /** Locks the classes of some sources, of which an example has no package and no imports. */
    static Lock of(Path directory, String... sources) {
        Lock lock = new Lock(directory);
        lock.update(sources);
        return lock;
    }

    /** Locks a class {@code Net} that has these members. */
    static Lock ofNet(Path directory, String members) {
        return of(directory, net(members));
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

    /** The class {@code Net} with these members, refused where they bear the marker, else at the class. */
    Refusal refusesNet(String members) {
        return refuses(
                members.contains(Refusal.MARKER)
                        ? net(members)
                        : net(members).replace("class", Refusal.MARKER + "class"));
    }

    Compiled acceptsNet(String members) {
        return accepts(net(members));
    }

    private static String net(String members) {
        return "@StateModule\nclass Net implements NetState {\n" + members.indent(4) + "}\n";
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
