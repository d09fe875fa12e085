package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The history of a detector: a directory for each commit, with the files that it changes. */
final class Commits {
    private static final Path DIRECTORY = Path.of("src/test/resources/dev/statedict/processor/history");

    private Commits() {}

    /** The names of the commits, in order. */
    static List<String> names() {
        return list(DIRECTORY);
    }

    /** The sources as they are after a commit, by file name. */
    static Map<String, String> sources(String commit) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String name : names()) {
            for (String file : list(DIRECTORY.resolve(name))) {
                sources.put(file, read(DIRECTORY.resolve(name).resolve(file)));
            }
            if (name.equals(commit)) {
                return sources;
            }
        }
        throw new IllegalArgumentException("no commit " + commit);
    }

    static String[] files(Map<String, String> sources) {
        return sources.values().toArray(String[]::new);
    }

    /** The sources after a commit, with a text of one of them replaced. */
    static Map<String, String> edited(Map<String, String> sources, String file, String text, String replacement) {
        assertThat(sources.get(file)).containsOnlyOnce(text);
        Map<String, String> edited = new LinkedHashMap<>(sources);
        edited.put(file, sources.get(file).replace(text, replacement));
        return edited;
    }

    private static List<String> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::getFileName).map(Path::toString).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
