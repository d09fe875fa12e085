package dev.statedict.benchmark.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Other programs. */
final class Program {
    private Program() {}

    /** What a program printed, or nothing if it is not there or failed. */
    static Optional<List<String>> lines(List<String> command) {
        return lines(command, Map.of());
    }

    /** The same of a program that is given variables beside those of this process. */
    static Optional<List<String>> lines(List<String> command, Map<String, String> variables) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
            builder.environment().putAll(variables);
            Process process = builder.start();
            try (BufferedReader output = process.inputReader()) {
                List<String> lines = output.lines().collect(Collectors.toList());
                return process.waitFor() == 0 ? Optional.of(lines) : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
