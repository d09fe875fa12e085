package dev.statedict.benchmark.source;

import dev.statedict.benchmark.result.Measurements;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files that were made to stall their reader, read or refused by a program of ours and by PyTorch: {@code hostile.statedict} is
 * our time for a megabyte of the file on which we are slowest, {@code hostile.torch} PyTorch's for the same file. What is less
 * than a megabyte counts as one.
 */
public final class HostileSource implements Source {
    private static final String OURS = "hostile.statedict";
    private static final String PEER = "hostile.torch";
    private static final double MEGABYTE = 1 << 20;

    private final String program;
    private final Path script;
    private final Path files;
    private final Optional<String> python;

    /**
     * Of a program and a script that each take files and print a line of microseconds for each; the script writes them
     * before, when it is given a folder.
     *
     * @param program the name of the program's class, on the class path of this JVM
     * @param script the script
     * @param files where it may write files
     * @param python a Python that has PyTorch
     */
    public HostileSource(String program, Path script, Path files, Optional<String> python) {
        this.program = program;
        this.script = script;
        this.files = files;
        this.python = python;
    }

    @Override
    public void measure(Set<String> names, Measurements measurements) {
        if (python.isEmpty() || !names.contains(OURS)) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory(files, "statedict-hostile-");
            try {
                measure(folder, python.get(), measurements);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void measure(Path folder, String python, Measurements measurements) throws IOException {
        run(List.of(python, script.toString(), "write", folder.toString()));
        List<String> hostile;
        try (Stream<Path> all = Files.list(folder)) {
            hostile = all.sorted().map(Path::toString).toList();
        }
        List<Double> ours = times(List.of(java(), "-cp", System.getProperty("java.class.path"), program), hostile);
        List<Double> peers = times(List.of(python, script.toString(), "read"), hostile);
        double slowest = 0;
        for (int i = 0; i < hostile.size(); i++) {
            Path file = Path.of(hostile.get(i));
            double megabytes = Math.max(1, Files.size(file) / MEGABYTE);
            double our = ours.get(i) / megabytes;
            double peer = peers.get(i) / megabytes;
            put(measurements, OURS + '(' + file.getFileName() + ')', our);
            put(measurements, PEER + '(' + file.getFileName() + ')', peer);
            if (our > slowest) {
                slowest = our;
                put(measurements, OURS, our);
                put(measurements, PEER, peer);
            }
        }
    }

    private static void put(Measurements measurements, String name, double microseconds) {
        System.err.println(name + " " + microseconds);
        measurements.put(name, new Value(microseconds, Unit.MICROSECONDS));
    }

    /** The times that a program printed for the files, in their order. */
    private static List<Double> times(List<String> reader, List<String> files) {
        List<String> command = new ArrayList<>(reader);
        command.addAll(files);
        return run(command).stream().map(Double::parseDouble).toList();
    }

    private static List<String> run(List<String> command) {
        return Program.lines(command)
                .orElseThrow(() -> new IllegalStateException("failed: " + String.join(" ", command)));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
