package dev.statedict.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The working directory of the tests, where the examples lie; what a test adds to it can be removed. */
record ExampleDirectory(Set<Path> files) {
    private static final Path DIRECTORY = Path.of(".");

    static ExampleDirectory remembered() {
        return new ExampleDirectory(new HashSet<>(all()));
    }

    void removeNewFiles() {
        all().stream().filter(file -> !files.contains(file)).forEach(file -> {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What is in a directory comes before it. */
    private static List<Path> all() {
        try (Stream<Path> walk = Files.walk(DIRECTORY)) {
            return walk.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
