package dev.statedict.benchmark.source;

import dev.statedict.benchmark.result.Measurements;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * PyTorch on the same shapes, by {@code pytorch.py} in a Python that has it; nothing where there is none. Each round has a
 * process of its own, as {@link JmhSource} has JVMs; at ten times the size there is one in all.
 */
public final class PytorchSource implements InRounds {
    private static final String PREFIX = "torch.";
    private static final int ROUNDS = 3;

    /** What is said behind a name, how large it is to be, and how PyTorch is held to it. */
    private enum Setting {
        ONCE("", 1, Map.of()),
        TENFOLD(" x10", 10, Map.of()),
        AVX2(
                " avx2",
                1,
                Map.of("ATEN_CPU_CAPABILITY", "avx2", "ONEDNN_MAX_CPU_ISA", "AVX2", "MKL_ENABLE_INSTRUCTIONS", "AVX2"));

        private final String suffix;
        private final int scale;
        private final Map<String, String> variables;

        Setting(String suffix, int scale, Map<String, String> variables) {
            this.suffix = suffix;
            this.scale = scale;
            this.variables = variables;
        }

        /** The setting of a name, which is the last whose suffix it has, for all have the empty one. */
        static Setting of(String name) {
            return Arrays.stream(values())
                    .filter(setting -> name.endsWith(setting.suffix))
                    .max(Comparator.comparing(setting -> setting.suffix.length()))
                    .orElseThrow();
        }

        private String measurement(String name) {
            return name.substring(PREFIX.length(), name.length() - suffix.length());
        }
    }

    private final Path script;
    private final Path files;
    private final Set<String> inManyProcesses;
    private final Optional<String> python;
    private final Optional<String> version;
    private final boolean quick;
    private final Map<String, List<Double>> times = new LinkedHashMap<>();

    /**
     * Looks for a Python with PyTorch: the one in the environment variable {@code STATEDICT_PYTHON}, else the one on the
     * path, else the system's.
     *
     * @param script pytorch.py
     * @param files where it may write files
     * @param inManyProcesses what three processes are too few for
     * @param quick whether one process is enough
     */
    public PytorchSource(Path script, Path files, Set<String> inManyProcesses, boolean quick) {
        this.quick = quick;
        this.script = script;
        this.files = files;
        this.inManyProcesses = inManyProcesses;
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

    /** {@return the Python that has PyTorch, if there is one} */
    public Optional<String> python() {
        return python;
    }

    /** {@return the version of PyTorch, if there is one} */
    public Optional<String> version() {
        return version;
    }

    @Override
    public void measure(Set<String> names, int round) {
        if (python.isEmpty()) {
            return;
        }
        for (Setting setting : Setting.values()) {
            List<String> wanted = names.stream()
                    .filter(name -> name.startsWith(PREFIX) && Setting.of(name) == setting)
                    .filter(name -> round < rounds(name, setting))
                    .toList();
            if (!wanted.isEmpty()) {
                measure(wanted, setting, python.get());
            }
        }
    }

    @Override
    public void tell(Measurements measurements) {
        times.forEach((name, readings) -> {
            System.err.println(name + " " + readings);
            measurements.put(name, new Value(Median.of(readings), Unit.MICROSECONDS));
        });
    }

    private int rounds(String name, Setting setting) {
        if (quick || setting == Setting.TENFOLD) {
            return 1;
        }
        return inManyProcesses.contains(name) ? Turns.ROUNDS : ROUNDS;
    }

    private void measure(List<String> names, Setting setting, String python) {
        List<String> command = new ArrayList<>(List.of(
                python, script.toString(), "--files", files.toString(), "--scale", String.valueOf(setting.scale)));
        names.stream().map(setting::measurement).forEach(command::add);
        List<String> lines = Program.lines(command, setting.variables)
                .orElseThrow(() -> new IllegalStateException("PyTorch failed: " + String.join(" ", command)));
        for (String line : lines) {
            String[] nameAndTime = line.split(" ");
            times.computeIfAbsent(PREFIX + nameAndTime[0] + setting.suffix, unread -> new ArrayList<>())
                    .add(Double.parseDouble(nameAndTime[1]));
        }
    }
}
