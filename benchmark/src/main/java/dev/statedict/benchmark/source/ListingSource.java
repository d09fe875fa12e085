package dev.statedict.benchmark.source;

import dev.statedict.benchmark.result.Measurements;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A sparse safetensors file listed by the installed command, {@code cli.ls(50000)}, and by the reference library in Python,
 * {@code safetensors.ls(50000)}: processor time of whole processes, start included, in turn.
 */
public final class ListingSource implements Source {
    private static final Pattern NAME = Pattern.compile("(cli|safetensors)\\.ls\\((\\d+)\\)");
    private static final int ELEMENTS = 25_000;

    private final Path installer;
    private final Path script;
    private final Path files;
    private final int rounds;

    /**
     * Of a build of the command.
     *
     * @param home the benchmark's directory, beside that of the command
     * @param files where it may write files
     * @param quick whether one reading of each is enough
     */
    public ListingSource(Path home, Path files, boolean quick) {
        this.installer = home.resolveSibling("cli").resolve("bin/install");
        this.script = home.resolve("listing.py");
        this.files = files;
        this.rounds = quick ? 1 : 7;
    }

    @Override
    public void measure(Set<String> names, Measurements measurements) {
        List<Matcher> wanted =
                names.stream().map(NAME::matcher).filter(Matcher::matches).toList();
        if (wanted.isEmpty()) {
            return;
        }
        try {
            Path directory = Files.createTempDirectory(files, "statedict-listing-");
            try {
                measure(wanted, directory, measurements);
            } finally {
                try (Stream<Path> walk = Files.walk(directory)) {
                    for (Path path :
                            walk.sorted((one, other) -> other.compareTo(one)).toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void measure(List<Matcher> wanted, Path directory, Measurements measurements) throws IOException {
        Path installed = directory.resolve("installed");
        if (Program.lines(List.of(installer.toString(), installed.toString())).isEmpty()) {
            throw new IllegalStateException("the command is not built; benchmark/run builds it");
        }
        Optional<String> python = python();
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Matcher name : wanted) {
                Path file = directory.resolve(name.group(2) + ".safetensors");
                if (Files.notExists(file)) {
                    write(file, Integer.parseInt(name.group(2)));
                }
                boolean ours = name.group(1).equals("cli");
                if (ours || python.isPresent()) {
                    List<String> command = ours
                            ? List.of(installed.resolve("bin/statedict").toString(), "ls", file.toString())
                            : List.of(python.orElseThrow(), script.toString(), file.toString());
                    times.computeIfAbsent(name.group(), unread -> new ArrayList<>())
                            .add(processorTime(command));
                }
            }
        }
        times.forEach((name, readings) -> {
            System.err.println(name + " " + readings);
            measurements.put(name, new Value(Median.of(readings), Unit.MICROSECONDS));
        });
    }

    private static Optional<String> python() {
        return Stream.of(
                        Optional.ofNullable(System.getenv("STATEDICT_PYTHON")).orElse("python3"),
                        "python3",
                        "/usr/bin/python3")
                .filter(candidate -> Program.lines(List.of(candidate, "-c", "import safetensors"))
                        .isPresent())
                .findFirst();
    }

    /** User and system time of a process and its children, in microseconds, by the shell, as the JDK cannot tell. */
    private static double processorTime(List<String> command) {
        List<String> timed = new ArrayList<>(
                List.of("bash", "-c", "TIMEFORMAT='%3U %3S'; { time \"$@\" >/dev/null 2>&1; } 2>&1", "bash"));
        timed.addAll(command);
        String[] seconds = Program.lines(timed)
                .orElseThrow(() -> new IllegalStateException("failed: " + String.join(" ", command)))
                .get(0)
                .split(" ");
        return (Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1])) * 1e6;
    }

    /** A file of many tensors of 100 kB, nearly all of it a hole. */
    private static void write(Path file, int tensors) throws IOException {
        StringBuilder json = new StringBuilder("{");
        long bytes = 4L * ELEMENTS;
        for (int i = 0; i < tensors; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("\"model.layers.")
                    .append(i / 10)
                    .append(".block.")
                    .append(i % 10)
                    .append(".weight\":{\"dtype\":\"F32\",\"shape\":[250,100],\"data_offsets\":[")
                    .append(i * bytes)
                    .append(',')
                    .append((i + 1) * bytes)
                    .append("]}");
        }
        byte[] header = json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        length.putLong(0, header.length);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(length.array());
            sparse.write(header);
            sparse.setLength(Long.BYTES + header.length + tensors * bytes);
        }
    }
}
