package dev.statedict.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The classes in {@code src/test/resources/.../golden}, and beside them, for reading, the interfaces generated for them. */
final class GoldenFiles {
    private static final Path FOLDER = Path.of("src/test/resources/dev/statedict/processor/golden");

    private GoldenFiles() {}

    /** The texts of the classes, by file name. */
    static Map<String, String> classes() throws IOException {
        return texts(false);
    }

    /** The texts of the interfaces, by file name. */
    static Map<String, String> interfaces() throws IOException {
        return texts(true);
    }

    /** The files of the classes. */
    static List<Path> classFiles() throws IOException {
        return files(false);
    }

    private static Map<String, String> texts(boolean generated) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : files(generated)) {
            texts.put(file.getFileName().toString(), Files.readString(file));
        }
        return texts;
    }

    private static List<Path> files(boolean generated) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith("State.java") == generated)
                    .sorted()
                    .toList();
        }
    }
}
