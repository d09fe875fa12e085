package dev.statedict.benchmark.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where and with what something was measured. */
public final class Machine {
    private Machine() {}

    /**
     * Describes this machine.
     *
     * @param pytorch the version of PyTorch, if there is one
     * @return lines, each of a thing and what it is
     */
    public static List<String> describe(Optional<String> pytorch) {
        Runtime runtime = Runtime.getRuntime();
        return List.of(
                "date     " + LocalDate.now(),
                "CPU      " + field("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")) + ", "
                        + runtime.availableProcessors() + " processors",
                "memory   "
                        + field("/proc/meminfo", "MemTotal")
                                .map(Machine::gigabytes)
                                .orElse("unknown"),
                "OS       " + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "JDK      " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                "PyTorch  " + pytorch.orElse("none"));
    }

    /** The first field of a name in a file of lines such as {@code name : value}. */
    private static Optional<String> field(String file, String name) {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String gigabytes(String kilobytes) {
        double number = Double.parseDouble(kilobytes.replace(" kB", ""));
        return String.format(Locale.ROOT, "%.1f GB", number / (1024 * 1024));
    }
}
