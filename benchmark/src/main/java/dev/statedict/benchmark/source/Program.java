package dev.statedict.benchmark.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Other programs. */
final class Program {
    private Program() {}

    /** What a program printed, or nothing if it is not there or failed. */
    static Optional<List<String>> lines(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
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
