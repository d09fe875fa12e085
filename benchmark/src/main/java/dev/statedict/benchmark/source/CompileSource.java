package dev.statedict.benchmark.source;

import dev.statedict.benchmark.result.Measurements;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cold compilations: {@code javac.auto-value(1000)} is the time of 1,000 classes with the processor,
 * {@code javac.auto-value(1000) plain} that of the same classes without it, {@code generated.statedict(5)} the size of
 * the class files that it adds for a class of so many fields.
 */
public final class CompileSource implements Source {
    private static final Pattern TIME = Pattern.compile("javac\\.([a-z-]+)\\((\\d+)\\)( plain)?");
    private static final Pattern SIZE = Pattern.compile("generated\\.([a-z-]+)\\((\\d+)\\)");
    private static final int FIELDS = 5;
    private static final int ROUNDS = 3;
    private static final int MANY_CLASSES = 1_000;
    private static final int ROUNDS_OF_MANY = 2;
    private static final int SIZED_CLASSES = 10;

    private final Path processors;
    private final boolean quick;
    private int compilations;

    /**
     * Of the compiler of this JDK.
     *
     * @param processors a folder of folders, each of a processor and what it needs
     * @param quick whether one reading of each is enough
     */
    public CompileSource(Path processors, boolean quick) {
        this.processors = processors;
        this.quick = quick;
    }

    @Override
    public void measure(Set<String> names, Measurements measurements) {
        try {
            Path home = Files.createTempDirectory("statedict-compile");
            try {
                measure(names, measurements, home);
            } finally {
                delete(home);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void measure(Set<String> names, Measurements measurements, Path home) {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (String name : names) {
                Matcher matcher = TIME.matcher(name);
                if (matcher.matches() && round < rounds(Integer.parseInt(matcher.group(2)))) {
                    int classes = Integer.parseInt(matcher.group(2));
                    boolean processed = matcher.group(3) == null;
                    Compilation compilation = new Compilation(kind(matcher.group(1)), classes, FIELDS, processed);
                    times.computeIfAbsent(name, unread -> new ArrayList<>())
                            .add(compilation
                                    .run(processors, home.resolve(String.valueOf(compilations++)))
                                    .microseconds());
                    System.err.println(name + " " + times.get(name));
                }
            }
        }
        times.forEach((name, readings) -> measurements.put(name, new Value(Median.of(readings), Unit.MICROSECONDS)));
        for (String name : names) {
            Matcher matcher = SIZE.matcher(name);
            if (matcher.matches()) {
                int fields = Integer.parseInt(matcher.group(2));
                Compilation compilation = new Compilation(kind(matcher.group(1)), SIZED_CLASSES, fields, true);
                double bytes = compilation
                        .run(processors, home.resolve(String.valueOf(compilations++)))
                        .generatedBytes();
                measurements.put(name, new Value(bytes / SIZED_CLASSES, Unit.BYTES));
            }
        }
    }

    private int rounds(int classes) {
        if (quick) {
            return 1;
        }
        return classes > MANY_CLASSES ? ROUNDS_OF_MANY : ROUNDS;
    }

    private static GeneratorKind kind(String folder) {
        for (GeneratorKind kind : GeneratorKind.values()) {
            if (kind.folder().equals(folder)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("there is no processor " + folder);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> files = Files.walk(folder)) {
            paths = files.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
