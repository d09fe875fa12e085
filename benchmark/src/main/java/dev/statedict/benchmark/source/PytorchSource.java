package dev.statedict.benchmark.source;

import dev.statedict.benchmark.result.Measurements;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * PyTorch on the same shapes, by {@code pytorch.py} in a Python that has it; nothing where there is none. Several
 * processes run one after the other, as {@link JmhSource} has several JVMs; at ten times the size, one.
 */
public final class PytorchSource implements Source {
    private static final String PREFIX = "torch.";
    private static final String TENFOLD = " x10";
    private static final int PROCESSES = 3;

    private final Path script;
    private final Path files;
    private final Optional<String> python;
    private final Optional<String> version;
    private final boolean quick;

    /**
     * Looks for a Python with PyTorch: the one in the environment variable {@code STATEDICT_PYTHON}, else the one on the
     * path, else the system's.
     *
     * @param script pytorch.py
     * @param files where it may write files
     * @param quick whether one process is enough
     */
    public PytorchSource(Path script, Path files, boolean quick) {
        this.quick = quick;
        this.script = script;
        this.files = files;
        this.python = Stream.of(
                        Optional.ofNullable(System.getenv("STATEDICT_PYTHON")).orElse("python3"),
                        "python3",
                        "/usr/bin/python3")
                .filter(candidate -> version(candidate).isPresent())
                .findFirst();
        this.version = python.flatMap(PytorchSource::version);
    }

    private static Optional<String> version(String python) {
        return Program.lines(List.of(python, "-c", "import torch; print(torch.__version__)"))
                .flatMap(lines -> lines.stream().findFirst());
    }

    /** {@return the version of PyTorch, if there is one} */
    public Optional<String> version() {
        return version;
    }

    @Override
    public void measure(Set<String> names, Measurements measurements) {
        List<String> wanted =
                names.stream().filter(name -> name.startsWith(PREFIX)).toList();
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int process = 0; process < (quick ? 1 : PROCESSES); process++) {
            measure(wanted.stream().filter(name -> !name.endsWith(TENFOLD)).toList(), "", times);
        }
        measure(wanted.stream().filter(name -> name.endsWith(TENFOLD)).toList(), TENFOLD, times);
        times.forEach((name, readings) -> {
            System.err.println(name + " " + readings);
            measurements.put(name, new Value(Median.of(readings), Unit.MICROSECONDS));
        });
    }

    private void measure(List<String> names, String suffix, Map<String, List<Double>> times) {
        if (names.isEmpty() || python.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(
                python.get(),
                script.toString(),
                "--files",
                files.toString(),
                "--scale",
                suffix.isEmpty() ? "1" : "10"));
        for (String name : names) {
            command.add(name.substring(PREFIX.length(), name.length() - suffix.length()));
        }
        List<String> lines = Program.lines(command)
                .orElseThrow(() -> new IllegalStateException("PyTorch failed: " + String.join(" ", command)));
        for (String line : lines) {
            String[] nameAndTime = line.split(" ");
            times.computeIfAbsent(PREFIX + nameAndTime[0] + suffix, unread -> new ArrayList<>())
                    .add(Double.parseDouble(nameAndTime[1]));
        }
    }
}
